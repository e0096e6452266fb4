package dev.lintel.auth.oauth;

import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.credential.Randoms;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logins of the users of a web application. What must be known between the two halves of a login is sealed (AES-256-GCM), so
 * that it may be kept in the user's session or in a cookie ({@code HttpOnly; Secure; SameSite=Lax}) of that browser.
 *
 * <pre>{@code
 * WebLogin login = shop.webLogin(URI.create("https://shop.example/back"), LoginRequest.of("openid"));
 * WebLogin.Begun begun = login.begin();              // keep begun.pending(), redirect to begun.uri()
 * Login alice = login.finish(pending, requestUri);   // when the browser comes back
 * }</pre>
 */
public final class WebLogin {
    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int SHORTEST_KEY = 32;

    private final Exchange exchange;
    private final URI redirect;
    private final LoginRequest request;
    private final SealedBox box;

    WebLogin(Exchange exchange, URI redirect, LoginRequest request, Secret key) {
        this.exchange = exchange;
        this.redirect = redirect;
        this.request = request;
        this.box = new SealedBox(
                key,
                "lintel web login " + exchange.clientId() + " "
                        + exchange.connection().issuer() + " " + redirect,
                exchange.connection().settings().random());
    }

    static WebLogin of(Exchange exchange, URI redirect, LoginRequest request) {
        if (!redirect.isAbsolute() || redirect.getRawFragment() != null) {
            throw new IllegalArgumentException(
                    "a redirect address must be absolute and without fragment (RFC 6749, 3.1.2), but was '" + redirect
                            + "'");
        }
        Secret key = Secret.of(Randoms.text(exchange.connection().settings().random(), 32));
        return new WebLogin(exchange, redirect, request, key);
    }

    /**
     * The same with a key for the seal that other instances of the application have too; without it a login must end in the
     * process where it began.
     *
     * @param key at least 32 characters that nobody can guess
     * @return a new login
     */
    public WebLogin sealedWith(Secret key) {
        if (key.reveal().length() < SHORTEST_KEY) {
            throw new IllegalArgumentException("the key of a seal must have at least " + SHORTEST_KEY + " characters");
        }
        return new WebLogin(exchange, redirect, request, key);
    }

    /**
     * A login that has begun. Prints without its address, which tells what belongs to the user.
     *
     * @param uri where to send the browser
     * @param pending what to keep for {@link WebLogin#finish}, good for 10 minutes
     */
    public record Begun(URI uri, Secret pending) {
        @Override
        public String toString() {
            return "login at " + uri.getHost();
        }
    }

    /**
     * Begins a login. May block, for metadata and where the request is pushed.
     *
     * @return where to send the browser, and what to keep
     * @throws TokenFetchException if the server cannot be asked
     */
    public Begun begin() throws TokenFetchException {
        CodeFlow.Begun begun = new CodeFlow(exchange).begin(request, redirect, PATIENCE);
        return new Begun(begun.uri(), box.seal(StrictJson.write(members(begun.pending()))));
    }

    /**
     * Ends a login. Blocks. Forget the pending value afterwards, whatever comes of it.
     *
     * @param pending what {@link #begin} gave for this browser
     * @param came the address that the browser came back to, at least its query
     * @return the user
     * @throws TokenFetchException if the answer does not belong to this login, is a refusal, or there is no token for it
     */
    public Login finish(Secret pending, URI came) throws TokenFetchException {
        PendingLogin begun = open(pending);
        AuthorizationAnswer answer = AuthorizationAnswer.of(issuer(), came.getRawQuery());
        if (!answer.answers(begun.state())) {
            throw AuthorizationAnswer.refused(
                    issuer(), "its state is not that of this login, so it may have been begun by somebody else");
        }
        return new CodeFlow(exchange).finish(begun, answer);
    }

    /**
     * Whether an answer belongs to a login, as its {@code state} says, so that of several that have begun in one browser the
     * right one is finished.
     *
     * @param pending what {@link #begin} gave for this browser
     * @param came the address that the browser came back to, at least its query
     * @return false also if the pending value is no good, or the login has expired
     */
    public boolean isAnswered(Secret pending, URI came) {
        try {
            return AuthorizationAnswer.of(issuer(), came.getRawQuery())
                    .answers(open(pending).state());
        } catch (TokenFetchException e) {
            return false;
        }
    }

    private PendingLogin open(Secret pending) throws TokenFetchException {
        Optional<PendingLogin> begun = box.open(pending)
                .flatMap(text -> StrictJson.object(text.getBytes(StandardCharsets.UTF_8)))
                .map(this::read);
        if (begun.isEmpty()) {
            throw AuthorizationAnswer.refused(
                    issuer(), "what was kept of this login was changed, or sealed with another key");
        }
        if (!exchange.connection()
                .settings()
                .clock()
                .instant()
                .isBefore(begun.get().expires())) {
            throw AuthorizationAnswer.refused(issuer(), "it came more than " + PATIENCE.toMinutes() + " minutes late");
        }
        return begun.get();
    }

    private static Map<String, Object> members(PendingLogin pending) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("state", pending.state().reveal());
        if (pending.nonce() != null) {
            members.put("nonce", pending.nonce().reveal());
        }
        members.put("verifier", pending.verifier().reveal());
        members.put("expires", Long.toString(pending.expires().toEpochMilli()));
        return members;
    }

    private PendingLogin read(Map<String, Object> members) {
        @Nullable String nonce = (String) members.get("nonce");
        return new PendingLogin(
                Secret.of(text(members, "state")),
                nonce == null ? null : Secret.of(nonce),
                Secret.of(text(members, "verifier")),
                redirect,
                List.copyOf(request.scopes()),
                request.maxAge(),
                Instant.ofEpochMilli(Long.parseLong(text(members, "expires"))));
    }

    private static String text(Map<String, Object> members, String name) {
        return String.valueOf(members.get(name));
    }

    private String issuer() {
        return exchange.connection().issuer();
    }

    @Override
    public String toString() {
        return "web login of '" + exchange.clientId() + "' at " + issuer() + " for " + request.scopes();
    }
}
