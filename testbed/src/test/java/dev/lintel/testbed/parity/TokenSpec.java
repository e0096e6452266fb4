package dev.lintel.testbed.parity;

import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.DirectToken;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A token as a case describes it.
 *
 * @param name as the cases call it
 * @param kind what is wrong with it
 * @param subject its {@code sub}
 * @param audience its {@code aud}
 * @param scopes may be empty
 * @param claims what else it says
 * @param text what is sent where it is no token at all
 */
record TokenSpec(
        String name,
        Kind kind,
        String subject,
        String audience,
        List<String> scopes,
        Map<String, Object> claims,
        String text) {
    /** There is none. */
    static final TokenSpec NONE = new TokenSpec("nobody", Kind.NONE, "", "", List.of(), Map.of(), "");

    /** What is wrong with a token. */
    enum Kind {
        NONE,
        GOOD,
        EXPIRED,
        FORGED,
        OTHER_ISSUER,
        MALFORMED
    }

    /** The issuers of a run. */
    record Issuers(AuthorizationServer trusted, AuthorizationServer other) {}

    static TokenSpec of(String name, Map<?, ?> said) {
        Map<String, Object> claims = new LinkedHashMap<>();
        Ask.map(said.get("claims")).forEach((claim, value) -> claims.put(String.valueOf(claim), value));
        String kind = Ask.text(said, "kind", said.containsKey("text") ? "malformed" : "good");
        return new TokenSpec(
                name,
                Kind.valueOf(kind.toUpperCase(Locale.ROOT).replace(' ', '_')),
                Ask.text(said, "sub", "alice"),
                Ask.text(said, "aud", "orders"),
                Ask.texts(said.get("scopes")),
                claims,
                Ask.text(said, "text", ""));
    }

    static TokenSpec named(String name, Map<String, TokenSpec> tokens) {
        if (name.isEmpty()) {
            return NONE;
        }
        TokenSpec found = tokens.get(name);
        if (found == null) {
            throw new IllegalArgumentException("no token is called '" + name + "': " + tokens.keySet());
        }
        return found;
    }

    /** What is sent behind {@code Bearer}. */
    String bearer(Issuers issuers) {
        DirectToken token = new DirectToken(
                subject,
                List.of(audience),
                scopes,
                claims,
                kind == Kind.EXPIRED ? Duration.ofHours(-1) : Duration.ofMinutes(30));
        return switch (kind) {
            case NONE -> throw new IllegalStateException("there is no token");
            case GOOD, EXPIRED -> issuers.trusted().issue(token);
            case OTHER_ISSUER -> issuers.other().issue(token);
            case FORGED -> {
                String good = issuers.trusted().issue(token);
                int signature = good.lastIndexOf('.') + 1;
                char first = good.charAt(signature) == 'A' ? 'B' : 'A';
                yield good.substring(0, signature) + first + good.substring(signature + 1);
            }
            case MALFORMED -> text;
        };
    }

    /** What a proxy that knows the trusted issuer makes of it. */
    Token judged(String issuer) {
        return switch (kind) {
            case NONE -> Token.NONE;
            case GOOD -> {
                Map<String, Object> all = new LinkedHashMap<>(claims);
                all.put("sub", subject);
                yield new Token.Verified(issuer, subject, List.of(audience), scopes, all);
            }
            case EXPIRED, FORGED, OTHER_ISSUER, MALFORMED -> new Token.Rejected(name);
        };
    }

    @Override
    public String toString() {
        return name;
    }
}
