package dev.lintel.embedded.authorization;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered client as the server keeps it: without its secret.
 *
 * @param said its registration without the secret
 * @param secret the secret's hash; null if it has none
 * @param management the hash of what it manages itself with (RFC 7592); null if it was registered by the program
 * @param since when it was registered
 */
record Client(
        ClientRegistration said,
        @Nullable HashedSecret secret,
        @Nullable HashedSecret management,
        Instant since) {
    String id() {
        return said.id;
    }

    ClientMethod method() {
        return said.method;
    }

    boolean isPublic() {
        return said.method == ClientMethod.NONE;
    }

    /** What people call it. */
    String title() {
        return said.name == null ? said.id : said.name;
    }

    List<String> scopes() {
        return said.scopes;
    }

    List<String> audiences() {
        return said.audiences;
    }

    List<String> grants() {
        return said.grants;
    }

    Duration accessTokenLifetime(Duration byDefault) {
        return said.accessTokenLifetime == null ? byDefault : said.accessTokenLifetime;
    }

    Duration refreshTokenLifetime(Duration byDefault) {
        return said.refreshTokenLifetime == null ? byDefault : said.refreshTokenLifetime;
    }
}
