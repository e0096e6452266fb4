package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A registered client as the server keeps it: without its secrets.
 *
 * @param said its registration without the secret
 * @param secret the secret's hash; null if it has none
 * @param older hashes of secrets that were replaced and are still in force, the newest first
 * @param management the hash of what it manages itself with (RFC 7592); null if it was registered by the program
 * @param since when it was registered
 */
record Client(
        ClientRegistration said,
        @Nullable HashedSecret secret,
        List<HashedSecret> older,
        @Nullable HashedSecret management,
        Instant since) {
    /** More than anybody replaces before programs have moved; then those go that nobody got to know, never the oldest. */
    private static final int MOST_OLDER = 5;

    Client {
        older = List.copyOf(older);
    }

    Client(ClientRegistration said, @Nullable HashedSecret secret, @Nullable HashedSecret management, Instant since) {
        this(said, secret, List.of(), management, since);
    }

    /** The same with a new secret, beside those that it has. */
    Client withSecret(HashedSecret fresh) {
        List<HashedSecret> before = new ArrayList<>(older);
        if (secret != null) {
            before.add(0, secret);
        }
        if (before.size() > MOST_OLDER) {
            before.remove(0);
        }
        return new Client(said, fresh, before, management, since);
    }

    /** The same with the newest secret alone. */
    Client withoutOlder() {
        return new Client(said, secret, List.of(), management, since);
    }

    /** The same, saying something else of itself. */
    Client saying(ClientRegistration other) {
        return new Client(other, secret, older, management, since);
    }

    /** Whether a secret is one that is in force; all are compared, so that the time taken does not tell which. */
    boolean hasSecret(Secret presented) {
        boolean found = secret != null && secret.matches(presented);
        for (HashedSecret each : older) {
            found |= each.matches(presented);
        }
        return found;
    }

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
