package dev.lintel.core.engine;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The login of a draft, and the access that it means where no other policy says who may call. */
final class DraftLogin {
    private @Nullable LoginRule rule;
    private List<AccessRule> asked = List.of();

    void set(LoginRule given, List<AccessRule> rules) {
        rule = given;
        asked = List.copyOf(rules);
    }

    @Nullable
    LoginRule rule() {
        return rule;
    }

    /** Who may call: what the access policy says, or else what the login asks, or else everybody who has logged in. */
    Access access(Access said) {
        if (rule == null || said.isRestricted()) {
            return said;
        }
        AccessRule everywhere = new AccessRule(Endpoint.any(), Requirement.TOKEN, rule.origin());
        return new Access(List.of(), List.of(), asked.isEmpty() ? List.of(everywhere) : asked);
    }

    List<Problem> problems(String id, Access said) {
        if (rule == null || asked.isEmpty() || !said.isRestricted()) {
            return List.of();
        }
        return List.of(new Problem(
                "login.access",
                id,
                "says at the login and in another policy who may call",
                "say it in the other policy; a session meets its rules like a token",
                rule.origin()));
    }
}
