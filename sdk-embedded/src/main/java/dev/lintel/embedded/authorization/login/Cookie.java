package dev.lintel.embedded.authorization.login;

import dev.lintel.embedded.authorization.http.Received;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A cookie of this server (RFC 6265): out of reach of scripts, not sent along from other sites except when the user
 * follows a link. On https its name begins with {@code __Host-}, so that no other host can set it; on http, where all
 * ports of a machine share their cookies, it ends with the port.
 */
public final class Cookie {
    private static final int LONGEST = 200;

    private final String name;
    private final String attributes;

    /**
     * A cookie.
     *
     * @param name what it is for
     * @param issuer where the server is
     */
    public Cookie(String name, URI issuer) {
        boolean https = "https".equals(issuer.getScheme());
        this.name = https ? "__Host-" + name : name + "-" + issuer.getPort();
        this.attributes = "; Path=/; HttpOnly; SameSite=Lax" + (https ? "; Secure" : "");
    }

    /**
     * What came.
     *
     * @param request with or without the cookie
     * @return its value; nothing if it came twice, because one of them is not ours
     */
    public Optional<String> of(Received request) {
        List<String> values = request.header("Cookie").stream()
                .flatMap(header -> Stream.of(header.split(";")))
                .map(String::strip)
                .filter(pair -> pair.startsWith(name + "="))
                .map(pair -> pair.substring(name.length() + 1))
                .toList();
        return values.size() == 1 && !values.get(0).isEmpty() && values.get(0).length() <= LONGEST
                ? Optional.of(values.get(0))
                : Optional.empty();
    }

    /**
     * What sets it.
     *
     * @param value base64url
     * @param lifetime how long the browser keeps it
     * @return the value of {@code Set-Cookie}
     */
    public String set(String value, Duration lifetime) {
        return name + "=" + value + "; Max-Age=" + lifetime.toSeconds() + attributes;
    }

    /**
     * What removes it.
     *
     * @return the value of {@code Set-Cookie}
     */
    public String remove() {
        return name + "=; Max-Age=0" + attributes;
    }
}
