package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Tells which objects speak about the same requests, as far as their names and labels tell. */
final class Nearness {
    private final List<Passage> changed;
    /** Objects of two APIs are never near, so that of thousands only a few are looked at. */
    private final Map<String, List<Passage>> byApi;
    /** Those that belong to no API. */
    private final List<Passage> others;

    Nearness(Collection<Passage> passages) {
        this.changed = passages.stream()
                .filter(each -> each.isChanged() && each.role() != Role.LED_TO && each.role() != Role.FENCES)
                .toList();
        this.byApi = changed.stream()
                .filter(each -> api(each.any()) != null)
                .collect(Collectors.groupingBy(each -> Objects.requireNonNull(api(each.any()))));
        this.others = changed.stream().filter(each -> api(each.any()) == null).toList();
    }

    /** Whether nothing else changes that speaks about the same requests, so that one write does all at once. */
    boolean isAlone(Passage passage) {
        Manifest one = passage.any();
        @Nullable String api = api(one);
        return api == null
                ? isAlone(passage, changed)
                : isAlone(passage, byApi.getOrDefault(api, List.of())) && isAlone(passage, others);
    }

    private static boolean isAlone(Passage passage, List<Passage> some) {
        // Whether they are two is asked last: it compares all that they say.
        return some.stream().noneMatch(other -> isNear(passage.any(), other.any()) && !other.equals(passage));
    }

    private static @Nullable String api(Manifest manifest) {
        return manifest.labels().get(Manifest.API);
    }

    static boolean isNear(Manifest one, Manifest other) {
        @Nullable String api = api(one);
        @Nullable String others = api(other);
        if (api != null && others != null) {
            return api.equals(others);
        }
        if (api != null && Guests.of(other).contains(api)
                || others != null && Guests.of(one).contains(others)) {
            return true;
        }
        return one.namespace().equals(other.namespace())
                || one.namespace().equals(other.name())
                || one.name().equals(other.namespace());
    }

    /** Policies of one sort are united where they hold for one workload. */
    static String sort(Manifest policy) {
        return policy.kind().equals("AuthorizationPolicy")
                ? Objects.toString(policy.spec().get("action"), "ALLOW")
                : policy.kind();
    }
}
