package dev.lintel.embedded.authorization;

import java.net.URI;
import java.util.List;

/**
 * What users see of a client, and where they are sent back to.
 *
 * @param name what the pages call it; empty, the default, means its id
 * @param redirectUris where codes may be sent to (RFC 6749, 3.1.2), compared character by character; for a loopback
 *     address any port will do (RFC 8252, 7.3)
 * @param postLogoutRedirectUris where users may be sent after they have logged out
 * @param firstParty whether users are not asked for consent, because the client belongs to whom the server belongs
 */
public record UserFacing(String name, List<URI> redirectUris, List<URI> postLogoutRedirectUris, boolean firstParty) {
    /** Sends users nowhere, and is called by its id. */
    static final UserFacing NONE = new UserFacing("", List.of(), List.of(), false);

    private static final int LONGEST_NAME = 100;

    /** Checks the name and all URIs. */
    public UserFacing {
        redirectUris = List.copyOf(redirectUris);
        postLogoutRedirectUris = List.copyOf(postLogoutRedirectUris);
        if (name.length() > LONGEST_NAME
                || !name.equals(name.strip())
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a client's name must be at most " + LONGEST_NAME
                    + " characters without control characters, but was '" + name + "'");
        }
        for (URI uri : redirectUris) {
            RedirectUris.check(uri);
        }
        for (URI uri : postLogoutRedirectUris) {
            RedirectUris.check(uri);
        }
    }
}
