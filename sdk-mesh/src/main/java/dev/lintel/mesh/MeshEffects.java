package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Effects;
import dev.lintel.mesh.Dialect.Read;
import java.util.ArrayList;
import java.util.List;

/**
 * What changed manifests do to requests: both sides are read back into models, so that what is compared is what the
 * world would do and not what was meant.
 */
final class MeshEffects {
    private final Dialect dialect;
    private final MeshModel meant;

    MeshEffects(Dialect dialect, MeshModel meant) {
        this.dialect = dialect;
        this.meant = meant;
    }

    List<Effect> between(List<Manifest> before, List<Manifest> wanted) {
        Read old = dialect.read(before);
        Read now = dialect.read(wanted);
        List<Effect> effects = new ArrayList<>();
        old.problems().forEach(problem -> effects.add(unreadable("before", problem)));
        now.problems().forEach(problem -> effects.add(unreadable("after", problem)));
        Effects.between(old.model(), now.model()).forEach(effect -> effects.add(withOrigin(effect)));
        return effects;
    }

    /** What cannot be read may have allowed less than what takes its place: that counts as widening. */
    private static Effect unreadable(String when, Problem problem) {
        return new Effect(
                "cannot be compared, " + when + ": " + problem.path() + " " + problem.message(),
                true,
                Origin.unknown());
    }

    /** Manifests do not know who said them; the definition of the API does. */
    private Effect withOrigin(Effect effect) {
        for (ApiModel api : meant.apis()) {
            if (effect.origin().toString().isEmpty() && effect.text().startsWith(api.id() + ":")) {
                return new Effect(effect.text(), effect.widens(), api.origin());
            }
        }
        return effect;
    }
}
