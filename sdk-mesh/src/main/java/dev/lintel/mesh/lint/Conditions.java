package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Optional;

/**
 * Keys of conditions that Istio does not know, and callers written as nobody is called: the rule never holds, so that an
 * ALLOW lets nobody in and a DENY everybody.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/security/conditions/">Istio, Authorization Policy
 *     Conditions</a>
 */
final class Conditions implements Rule {
    private static final List<String> KEYS = List.of(
            "source.ip",
            "remote.ip",
            "source.namespace",
            "source.principal",
            "source.serviceAccount",
            "request.auth.principal",
            "request.auth.audiences",
            "request.auth.presenter",
            "destination.ip",
            "destination.port",
            "connection.sni");
    /** Those with a name in brackets behind them. */
    private static final List<String> NAMED = List.of("request.headers", "request.auth.claims");

    private static final String SCHEME = "spiffe://";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            for (Part rule : Policies.rules(policy)) {
                rule.get("when").items().forEach(when -> key(policy, when.get("key"), report));
                for (Part source : Policies.sources(rule)) {
                    source.get("principals").items().forEach(one -> principal(policy, one, report));
                    source.get("notPrincipals").items().forEach(one -> principal(policy, one, report));
                    source.get("requestPrincipals").items().forEach(one -> token(policy, one, report));
                    source.get("notRequestPrincipals").items().forEach(one -> token(policy, one, report));
                }
            }
        }
    }

    private static void key(Manifest policy, Part key, Report report) {
        String text = key.text();
        int open = text.indexOf('[');
        String name = open < 0 ? text : text.substring(0, open);
        boolean named = open > 0 && text.endsWith("]") && NAMED.contains(name);
        if (text.isEmpty() || named || KEYS.contains(text) || text.startsWith("experimental.")) {
            return;
        }
        Optional<String> near = open < 0
                ? Spelling.near(name, KEYS)
                : Spelling.near(name, NAMED).map(one -> one + text.substring(open));
        report.add(
                LintCode.UNKNOWN_VALUE,
                policy,
                key.path(),
                "'" + text + "' is no key of a condition: a cluster refuses the object",
                near.filter(one -> !one.equals(text))
                        .map(one -> "did you mean '" + one + "'?")
                        .orElse("say one of " + KEYS + ", request.headers[name] or request.auth.claims[name]"));
    }

    private static void principal(Manifest policy, Part principal, Report report) {
        if (principal.text().startsWith(SCHEME)) {
            report.add(
                    LintCode.UNKNOWN_VALUE,
                    policy,
                    principal.path(),
                    "no caller has the principal '" + principal.text() + "': Istio leaves the scheme away",
                    "say '" + principal.text().substring(SCHEME.length()) + "'");
        }
    }

    private static void token(Manifest policy, Part principal, Report report) {
        String text = principal.text();
        if (!text.isEmpty() && text.indexOf('/') < 0 && text.indexOf('*') < 0) {
            report.add(
                    LintCode.UNKNOWN_VALUE,
                    policy,
                    principal.path(),
                    "no token has the principal '" + text + "': it is the issuer, a slash and the subject",
                    "say 'https://issuer/" + text + "', or ask for the claim in when");
        }
    }
}
