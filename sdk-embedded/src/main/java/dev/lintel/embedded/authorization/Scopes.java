package dev.lintel.embedded.authorization;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Scope values (RFC 6749, 3.3). */
final class Scopes {
    private static final Pattern TOKEN = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]+");

    private Scopes() {}

    static boolean isToken(String scope) {
        return TOKEN.matcher(scope).matches();
    }

    /** The scope parameter taken apart: values between single spaces, each counted once. */
    static List<String> parse(String parameter) throws OAuthError {
        List<String> scopes = List.of(parameter.split(" ", -1));
        for (String scope : scopes) {
            if (!isToken(scope)) {
                throw OAuthError.of(ErrorCode.INVALID_SCOPE, "scope must be values separated by single spaces");
            }
        }
        return scopes.stream().distinct().toList();
    }

    /** What is asked for within what a client may have; all of that if nothing is asked for. */
    static List<String> within(List<String> allowed, Optional<String> asked) throws OAuthError {
        return within(allowed, asked, "is not allowed for this client");
    }

    /** The same, with another reason against what goes beyond. */
    static List<String> within(List<String> allowed, Optional<String> asked, String reason) throws OAuthError {
        if (asked.isEmpty()) {
            return allowed;
        }
        List<String> scopes = parse(asked.get());
        for (String scope : scopes) {
            if (!allowed.contains(scope)) {
                throw OAuthError.of(ErrorCode.INVALID_SCOPE, "scope '" + scope + "' " + reason);
            }
        }
        return scopes;
    }
}
