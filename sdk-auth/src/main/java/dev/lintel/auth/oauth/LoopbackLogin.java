package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.credential.Randoms;
import dev.lintel.auth.token.TokenFetchException;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A login of the user of this machine (RFC 8252): the browser is sent to the server, and comes back to a port on loopback
 * that is open for exactly one answer.
 *
 * @param request what is asked for
 * @param path where the answer comes to, behind {@code http://127.0.0.1:PORT}; null for a random one
 * @param patience how long the user may take; 5 minutes
 * @param browser shows an address to the user
 */
public record LoopbackLogin(LoginRequest request, @Nullable String path, Duration patience, Consumer<URI> browser) {
    /** Checks the path and the time. */
    public LoopbackLogin {
        if (path != null && !path.matches("/[\\w./~-]*")) {
            throw new IllegalArgumentException(
                    "the path of a login must begin with '/' and have letters, digits and '-._~/' alone, but was '"
                            + path + "'");
        }
        if (patience.toMillis() < 1) {
            throw new IllegalArgumentException("a login must wait at least 1 ms, but was to wait " + patience);
        }
    }

    /**
     * A login that comes back to a path that is registered, as most servers want it: {@code http://127.0.0.1/callback} at
     * the server stands for every port (RFC 8252, 7.3).
     *
     * @param path for example {@code /callback}
     * @param browser shows an address to the user, for example by {@code xdg-open}
     * @param scopes those that are asked for
     * @return a login
     */
    public static LoopbackLogin at(String path, Consumer<URI> browser, String... scopes) {
        return new LoopbackLogin(LoginRequest.of(scopes), path, Duration.ofMinutes(5), browser);
    }

    /**
     * A login that comes back to a random path, which other programs of this machine cannot guess; for servers that compare
     * no path of a loopback address.
     *
     * @param browser shows an address to the user
     * @param scopes those that are asked for
     * @return a login
     */
    public static LoopbackLogin anywhere(Consumer<URI> browser, String... scopes) {
        return new LoopbackLogin(LoginRequest.of(scopes), null, Duration.ofMinutes(5), browser);
    }

    /**
     * The same with another request.
     *
     * @param other what is asked for
     * @return a new login
     */
    public LoopbackLogin asking(LoginRequest other) {
        return new LoopbackLogin(other, path, patience, browser);
    }

    /**
     * The same with more or less time for the user.
     *
     * @param length at least 1 ms
     * @return a new login
     */
    public LoopbackLogin patience(Duration length) {
        return new LoopbackLogin(request, path, length, browser);
    }

    Login run(CodeFlow flow, String issuer, RandomGenerator random) throws TokenFetchException {
        String behind = path == null ? "/" + Randoms.text(random, 16) : path;
        try (LoopbackListener listener = LoopbackListener.open(issuer, behind)) {
            CodeFlow.Begun begun = flow.begin(request, listener.redirect(), patience);
            listener.expect(begun.pending().state());
            browser.accept(begun.uri());
            LoopbackListener.Visit visit = listener.await(patience);
            try {
                Login login = flow.finish(begun.pending(), visit.answer());
                visit.end(true);
                return login;
            } finally {
                visit.end(false);
            }
        }
    }

    @Override
    public String toString() {
        return "loopback login for " + request.scopes();
    }
}
