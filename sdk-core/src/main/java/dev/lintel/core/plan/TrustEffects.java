package dev.lintel.core.plan;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.form.keys.SaidKeys;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.Issuer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What changes about whose tokens are accepted, and about guards and path parameters. */
final class TrustEffects {
    private final ApiModel before;
    private final ApiModel now;
    private final AccessEffects access;
    private final List<Effect> effects = new ArrayList<>();

    TrustEffects(ApiModel before, ApiModel now, AccessEffects access) {
        this.before = before;
        this.now = now;
        this.access = access;
    }

    List<Effect> effects() {
        if (now.entry().access().isRestricted()) {
            boolean tokens =
                    before.entry().access().isRestricted() && access.letsThrough(Token.Verified.class::isInstance);
            issuers(tokens);
            audiences(tokens);
        }
        parameters();
        guards();
        return effects;
    }

    /** Which tokens a key or an algorithm makes good cannot be seen here, so new ones count as widening. */
    private void issuers(boolean tokens) {
        Map<String, Issuer> old = new LinkedHashMap<>();
        before.entry().access().issuers().forEach(issuer -> old.put(issuer.issuer(), issuer));
        for (Issuer issuer : now.entry().access().issuers()) {
            Issuer was = old.remove(issuer.issuer());
            if (was == null) {
                effects.add(new Effect("issuer trusted: " + issuer.issuer(), tokens, issuer.origin()));
                continue;
            }
            if (!Words.keys(was).equals(Words.keys(issuer))) {
                effects.add(new Effect(
                        "keys of issuer " + issuer.issuer() + ": " + Words.keys(issuer) + " (was: " + Words.keys(was)
                                + ")",
                        tokens && !SaidKeys.areAmong(issuer.jwks(), was.jwks()),
                        issuer.origin()));
            }
            if (!was.algorithms().equals(issuer.algorithms())) {
                effects.add(new Effect(
                        "algorithms of issuer " + issuer.issuer() + ": " + String.join(" ", issuer.algorithms())
                                + " (was: " + String.join(" ", was.algorithms()) + ")",
                        tokens && !was.algorithms().containsAll(issuer.algorithms()),
                        issuer.origin()));
            }
        }
        old.keySet().forEach(gone -> effects.add(new Effect("issuer no longer trusted: " + gone, false, now.origin())));
    }

    private void audiences(boolean tokens) {
        Access was = before.entry().access();
        List<String> audiences = now.entry().access().audiences();
        if (!was.audiences().equals(audiences) && was.isRestricted()) {
            boolean more = audiences.isEmpty() || !was.audiences().containsAll(audiences);
            effects.add(new Effect(
                    "tokens for " + Words.audiences(audiences) + " are accepted (was: "
                            + Words.audiences(was.audiences()) + ")",
                    tokens && !was.audiences().isEmpty() && more,
                    now.origin()));
        }
    }

    private void parameters() {
        if (now.entry().pathParameters() && !before.entry().pathParameters()) {
            effects.add(new Effect("paths may contain ';'", access.letsParametersThrough(), now.origin()));
        } else if (before.entry().pathParameters() && !now.entry().pathParameters()) {
            effects.add(new Effect("paths must not contain ';'", false, now.origin()));
        }
    }

    /** What a guard would refuse cannot be known, so one that is gone or changed counts as widening. */
    private void guards() {
        List<GuardRule> gone = new ArrayList<>(before.guards());
        List<GuardRule> added = new ArrayList<>();
        for (GuardRule guard : now.guards()) {
            if (!gone.remove(guard)) {
                added.add(guard);
            }
        }
        boolean anybody = !gone.isEmpty() && access.letsThrough(token -> true);
        for (GuardRule guard : gone) {
            GuardRule successor = added.stream()
                    .filter(other -> other.kind().equals(guard.kind()))
                    .findFirst()
                    .orElse(null);
            if (successor == null) {
                effects.add(new Effect("no longer guarded by " + describe(guard), anybody, now.origin()));
            } else {
                added.remove(successor);
                effects.add(new Effect(
                        "guarded by " + describe(successor) + " (was: " + guard.describe() + ")",
                        anybody,
                        successor.origin()));
            }
        }
        added.forEach(guard -> effects.add(new Effect("newly guarded by " + describe(guard), false, guard.origin())));
    }

    private static String describe(GuardRule guard) {
        return guard.kind() + ", " + guard.describe();
    }
}
