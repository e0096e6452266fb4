package dev.lintel.core.engine;

import dev.lintel.core.Policy;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of policies that are known, each with its compiler. */
public final class Kinds {
    private final SortedMap<String, PolicyCompiler<?>> compilers;

    private Kinds(SortedMap<String, PolicyCompiler<?>> compilers) {
        this.compilers = Collections.unmodifiableSortedMap(compilers);
    }

    private static final class Installed {
        static final Kinds KINDS = of(providers());

        private static Collection<PolicyCompiler<?>> providers() {
            List<PolicyCompiler<?>> found = new ArrayList<>();
            for (PolicyCompiler<?> compiler : ServiceLoader.load(PolicyCompiler.class, Kinds.class.getClassLoader())) {
                found.add(compiler);
            }
            return found;
        }
    }

    /**
     * The compilers that {@link ServiceLoader} finds beside this class, on the class path or the module path.
     *
     * @return looked up once
     */
    public static Kinds installed() {
        return Installed.KINDS;
    }

    /**
     * A choice of compilers.
     *
     * @param compilers one for each kind
     * @return those kinds
     * @throws IllegalArgumentException if a kind has two compilers
     */
    public static Kinds of(Collection<PolicyCompiler<?>> compilers) {
        SortedMap<String, PolicyCompiler<?>> byKind = new TreeMap<>();
        for (PolicyCompiler<?> compiler : compilers) {
            PolicyCompiler<?> other = byKind.putIfAbsent(compiler.kind(), compiler);
            if (other != null) {
                throw new IllegalArgumentException("policy '" + compiler.kind() + "' has two compilers: "
                        + other.getClass().getName() + " and "
                        + compiler.getClass().getName());
            }
        }
        return new Kinds(byKind);
    }

    /**
     * The compiler of a kind.
     *
     * @param kind for example {@code traffic.split/v1}
     * @return empty if the kind is not known
     */
    public Optional<PolicyCompiler<?>> compiler(String kind) {
        return Optional.ofNullable(compilers.get(kind));
    }

    /**
     * The record class of a kind.
     *
     * @param kind for example {@code traffic.split/v1}
     * @return empty if the kind is not known
     */
    public Optional<Class<? extends Policy>> policy(String kind) {
        return compiler(kind).map(PolicyCompiler::policy);
    }

    /** All compilers in the order in which they are asked: by phase, then by kind. */
    List<PolicyCompiler<?>> inOrder() {
        List<PolicyCompiler<?>> all = new ArrayList<>(compilers.values());
        all.sort(Comparator.comparing((PolicyCompiler<?> c) -> c.phase()));
        return all;
    }
}
