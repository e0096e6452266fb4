package dev.lintel.auth;

import dev.lintel.core.SecretRef;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.spi.ApiDraft;
import dev.lintel.core.spi.Phase;
import dev.lintel.core.spi.PolicyCompiler;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gives {@link Login} its meaning. */
public final class LoginCompiler implements PolicyCompiler<Login> {
    private static final String OPENID = "openid";
    private static final String KEYS = "cookie-keys";

    /** For the service loader. */
    public LoginCompiler() {}

    @Override
    public Class<Login> policy() {
        return Login.class;
    }

    @Override
    public String kind() {
        return Login.KIND;
    }

    @Override
    public Phase phase() {
        return Phase.SECURITY;
    }

    @Override
    public void compile(Login login, ApiDraft draft) {
        SecretRef keys = keys(login);
        if (keys == null) {
            draft.problem(
                    "login.keys",
                    "the login of client '" + login.clientId() + "' has no keys for its cookies",
                    "say where they are: .cookieKeys(secretRef(\"" + draft.namespace() + "\", \"login\", \"" + KEYS
                            + "\"))");
            return;
        }
        List<String> scopes = new ArrayList<>(List.of(OPENID));
        login.scopes().stream().filter(scope -> !scope.equals(OPENID)).forEach(scopes::add);
        draft.login(
                new LoginRule(
                        login.issuer(),
                        login.clientId(),
                        login.clientSecret(),
                        scopes,
                        keys,
                        Login.PREFIX,
                        login.cookie() == null ? Login.COOKIE : login.cookie(),
                        login.lifetime() == null ? Login.LIFETIME : login.lifetime(),
                        login.idle(),
                        login.afterLogout() == null ? "/" : login.afterLogout(),
                        login.passesAccessToken(),
                        login.groupsClaim() == null ? Login.GROUPS : login.groupsClaim(),
                        draft.origin()),
                rules(login, draft));
    }

    private static @Nullable SecretRef keys(Login login) {
        SecretRef said = login.cookieKeys();
        SecretRef secret = login.clientSecret();
        return said != null || secret == null ? said : new SecretRef(secret.namespace(), secret.name(), KEYS);
    }

    /** Where no rule is for every path, all that is left needs a session. */
    private static List<AccessRule> rules(Login login, ApiDraft draft) {
        List<AccessRule> rules = new ArrayList<>(login.rules().stream()
                .map(rule -> rule.toModel(List.of(), draft.origin()))
                .toList());
        new RuleConflicts(rules, draft).report();
        if (!rules.isEmpty() && rules.stream().noneMatch(LoginCompiler::isWhole)) {
            rules.add(Rule.at(Endpoint.any(), Allow.ANY_TOKEN, draft.origin()).toModel(List.of(), draft.origin()));
        }
        return rules;
    }

    private static boolean isWhole(AccessRule rule) {
        return rule.endpoint().equals(Endpoint.any());
    }
}
