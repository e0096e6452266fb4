package dev.lintel.embedded.login;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.model.LoginRule;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** What a cookie holds for: one use, one API, one host, one name, one client of one provider. A cookie of anything else is not understood. */
final class Seal {
    private final String common;

    Seal(String api, LoginRule rule) {
        this.common = api + '\0' + rule.cookie() + '\0' + rule.issuer() + '\0' + rule.clientId() + '\0';
    }

    byte[] session(String host) {
        return purpose("session", host);
    }

    byte[] attempt(String host) {
        return purpose("attempt", host);
    }

    private byte[] purpose(String use, String host) {
        return ("lintel login\0" + use + '\0' + common + host).getBytes(StandardCharsets.UTF_8);
    }

    /** The host that a browser came to, as cookies know it: without port. */
    static String host(Request request) {
        String host = request.host();
        int colon = host.lastIndexOf(':');
        String name = colon > host.lastIndexOf(']') ? host.substring(0, colon) : host;
        return name.toLowerCase(Locale.ROOT);
    }
}
