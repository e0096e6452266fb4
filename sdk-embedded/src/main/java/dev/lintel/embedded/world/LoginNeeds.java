package dev.lintel.embedded.world;

import dev.lintel.auth.net.Urls;
import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What an API needs where people log in, and which of it is not there. */
final class LoginNeeds {
    private LoginNeeds() {}

    static List<Problem> missing(ApiModel api, SecretReader secrets, boolean tls) {
        LoginRule rule = api.entry().login();
        if (rule == null) {
            return List.of();
        }
        List<Problem> problems = new ArrayList<>();
        secret(api, rule, rule.clientSecret(), "the secret of client '" + rule.clientId() + "'", secrets, problems);
        secret(api, rule, rule.keys(), "the keys for cookies", secrets, problems);
        for (String host : api.entry().hosts()) {
            if (!tls && !Urls.isLoopback(host)) {
                problems.add(new Problem(
                        "login.insecure",
                        api.id(),
                        "people log in at '" + host
                                + "', but this gateway speaks no TLS, and browsers take the session's"
                                + " cookie over plain http from localhost alone (RFC 6265bis, 5.7)",
                        "give the gateway a certificate: Gateway.start(s -> s.tls(certificates, key))",
                        rule.origin()));
            }
        }
        return problems;
    }

    private static void secret(
            ApiModel api,
            LoginRule rule,
            @Nullable SecretRef ref,
            String use,
            SecretReader secrets,
            List<Problem> problems) {
        if (ref != null && !secrets.knows(ref)) {
            problems.add(new Problem(
                    "secret.missing",
                    api.id(),
                    "the secret " + ref + " is not there, which is to be " + use,
                    "say where secrets are: Gateway.start(s -> s.secrets(Secrets.directory(path)))",
                    rule.origin()));
        }
    }
}
