package dev.lintel.core.form;

import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.policy.AtHostCompiler;
import dev.lintel.core.policy.PathParametersCompiler;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A policy with a component of every type that can be stored. */
public record Sample(
        String name,
        List<Part> parts,
        @Nullable Duration delay,
        @Nullable URI at,
        @Nullable PathPattern path,
        @Nullable Match match,
        Mode mode,
        boolean always,
        @Nullable Boolean maybe,
        long total,
        double ratio,
        Map<String, String> labels,
        Set<Integer> codes,
        Map<String, List<String>> more)
        implements Policy {
    public static final String KIND = "test.sample/v1";

    public Sample {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(mode, "mode");
        parts = List.copyOf(parts);
        labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
        codes = Collections.unmodifiableSet(new LinkedHashSet<>(codes));
        more = Collections.unmodifiableMap(new LinkedHashMap<>(more));
        if (name.equals("bad")) {
            throw new IllegalArgumentException("a sample must not be 'bad'");
        }
    }

    public enum Mode {
        PLAIN,
        NOT_SO_PLAIN
    }

    public record Part(
            Endpoint endpoint, int weight, @Nullable String note, Origin origin) {
        public Part {
            Objects.requireNonNull(endpoint, "endpoint");
        }
    }

    static Sample named(String name) {
        return new Sample(
                name, List.of(), null, null, null, null, Mode.PLAIN, false, null, 0, 0.5, Map.of(), Set.of(), Map.of());
    }

    Sample labels(Map<String, String> given) {
        return new Sample(name, parts, delay, at, path, match, mode, always, maybe, total, ratio, given, codes, more);
    }

    static Sample full() {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put("zone", "eu");
        labels.put("app", "orders");
        labels.put("on", "1.10");
        return new Sample(
                "full",
                List.of(
                        new Part(Endpoint.parse("GET /orders/**"), 10, null, Origin.unknown()),
                        new Part(Endpoint.parse("GET,POST /orders/{id}"), 90, "yes", Origin.unknown())),
                Duration.ofSeconds(90),
                URI.create("https://id.example/jwks?a=1"),
                PathPattern.parse("/orders/{id}/**"),
                Match.match("/beta/**").header("X-Beta", "1"),
                Mode.NOT_SO_PLAIN,
                true,
                false,
                1L << 40,
                0.25,
                labels,
                new LinkedHashSet<>(List.of(503, 200)),
                Map.of("none", List.of()));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return name;
    }

    static Kinds kinds() {
        return Kinds.of(List.of(new Compiler(), new AtHostCompiler(), new PathParametersCompiler()));
    }

    /** Gives it no meaning at all. */
    public static final class Compiler implements PolicyCompiler<Sample> {
        @Override
        public Class<Sample> policy() {
            return Sample.class;
        }

        @Override
        public String kind() {
            return KIND;
        }

        @Override
        public Phase phase() {
            return Phase.ROUTE;
        }

        @Override
        public void compile(Sample policy, ApiDraft draft) {}
    }
}
