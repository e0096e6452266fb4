package dev.lintel.core.front;

import dev.lintel.core.model.FrontRule;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeMap;

/**
 * Opens the fronts of one kind. Found by {@link ServiceLoader}: a provider is named both in {@code META-INF/services} (for the
 * class path) and in {@code module-info} (for the module path).
 */
public interface FrontProvider {
    /**
     * The kind of policy whose fronts it opens.
     *
     * @return for example {@code graphql.graph/v1}
     */
    String kind();

    /**
     * Opens a front.
     *
     * @param rule what was said, of this kind
     * @param context what it may use
     * @return the front, ready to answer
     * @throws IllegalArgumentException if the rule cannot be understood; says what is wrong with it
     */
    Front open(FrontRule rule, FrontContext context);

    /**
     * The provider of a kind.
     *
     * @param kind for example {@code graphql.graph/v1}
     * @return empty if none is installed
     */
    static Optional<FrontProvider> of(String kind) {
        Map<String, FrontProvider> all = new TreeMap<>();
        for (FrontProvider each : ServiceLoader.load(FrontProvider.class, FrontProvider.class.getClassLoader())) {
            FrontProvider unused = all.putIfAbsent(each.kind(), each);
        }
        return Optional.ofNullable(all.get(kind));
    }
}
