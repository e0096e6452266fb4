package dev.lintel.auth.register;

import dev.lintel.core.Origin;
import dev.lintel.core.plan.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** What a change lets a client do that exists already. Somebody else may have its secret, so more needs permission. */
final class ClientEffects {
    private ClientEffects() {}

    static List<Effect> of(String id, ClientFacts is, ClientFacts wanted) {
        List<Effect> effects = new ArrayList<>();
        both(effects, id, "get tokens by", is.grants(), wanted.grants());
        both(effects, id, "ask for scope", is.scopes(), wanted.scopes());
        both(effects, id, "ask for audience", is.audiences(), wanted.audiences());
        both(effects, id, "have answers sent to", is.redirects(), wanted.redirects());
        if (!is.proof().equals(wanted.proof())) {
            boolean open = wanted.proof().equals(ClientProof.NONE.method());
            tell(
                    effects,
                    id,
                    (open ? "needs no proof" : "proves itself by " + wanted.proof()) + " (was: " + is.proof() + ")",
                    open);
        } else if (!Objects.equals(is.keys(), wanted.keys())) {
            tell(effects, id, "proves itself by the keys at " + wanted.keys() + " (was: " + is.keys() + ")", true);
        }
        return effects;
    }

    private static void both(List<Effect> effects, String id, String what, List<String> is, List<String> wanted) {
        wanted.stream()
                .filter(each -> !is.contains(each))
                .forEach(each -> tell(effects, id, "may " + what + " " + each, true));
        is.stream()
                .filter(each -> !wanted.contains(each))
                .forEach(each -> tell(effects, id, "may not " + what + " " + each + " any more", false));
    }

    private static void tell(List<Effect> effects, String id, String text, boolean widens) {
        effects.add(new Effect("client " + id + ": " + text, widens, Origin.unknown()));
    }
}
