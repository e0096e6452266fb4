package dev.lintel.embedded.authorization;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.stream.Stream;

/** Whom a token is for: what a request names as {@code resource} (RFC 8707) or {@code audience}, within what is allowed. */
final class Audiences {
    private final List<String> byDefault;

    Audiences(String byDefault) {
        this.byDefault = List.of(byDefault);
    }

    /** All that a client may have tokens for. */
    List<String> allowed(Client client) {
        return client.audiences().isEmpty() ? byDefault : client.audiences();
    }

    List<String> of(Client client, Form form) throws OAuthError {
        return within(allowed(client), form);
    }

    /** What a form asks for within this; all of it if it asks for nothing. */
    static List<String> within(List<String> allowed, Form form) throws OAuthError {
        for (String resource : form.all("resource")) {
            if (!isResource(resource)) {
                throw OAuthError.of(ErrorCode.INVALID_TARGET, "resource must be an absolute URI without a fragment");
            }
        }
        List<String> asked = Stream.concat(form.all("audience").stream(), form.all("resource").stream())
                .distinct()
                .toList();
        if (!allowed.containsAll(asked)) {
            throw OAuthError.of(
                    ErrorCode.INVALID_TARGET,
                    "an audience or resource that is asked for is not allowed for this client");
        }
        return asked.isEmpty() ? allowed : asked;
    }

    private static boolean isResource(String text) {
        try {
            URI uri = new URI(text);
            return uri.isAbsolute() && uri.getRawFragment() == null;
        } catch (URISyntaxException e) {
            return false;
        }
    }
}
