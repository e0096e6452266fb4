package dev.lintel.mesh.steps;

import dev.lintel.mesh.Manifest;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Tells which objects speak about the same requests, as far as their names and labels tell. */
final class Nearness {
    private final List<Passage> changed;

    Nearness(Collection<Passage> passages) {
        this.changed = passages.stream()
                .filter(each -> each.isChanged() && each.role() != Role.LED_TO && each.role() != Role.FENCES)
                .toList();
    }

    /** Whether nothing else changes that speaks about the same requests, so that one write does all at once. */
    boolean isAlone(Passage passage) {
        Manifest one = passage.any();
        return changed.stream().noneMatch(other -> !other.equals(passage) && isNear(one, other.any()));
    }

    static boolean isNear(Manifest one, Manifest other) {
        @Nullable String api = one.labels().get(Manifest.API);
        @Nullable String others = other.labels().get(Manifest.API);
        if (api != null && others != null) {
            return api.equals(others);
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
