package dev.lintel.auth.oauth;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Answer;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.Members;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import dev.lintel.auth.token.TokenSource;
import dev.lintel.core.Secret;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A user who logs in with another device than the one that wants the token (RFC 8628). Blocks until the user has answered
 * or the code expires.
 */
public final class DeviceLogin implements TokenSource {
    private static final Duration USUAL_INTERVAL = Duration.ofSeconds(5);
    private static final Duration LONGEST_INTERVAL = Duration.ofMinutes(2);
    private static final Duration LONGEST_LIFE = Duration.ofHours(1);
    private static final Pattern USER_CODE = Pattern.compile("[^\\p{Cntrl}]{1,64}");

    private final Exchange exchange;
    private final Consumer<DevicePrompt> prompt;
    private final Wanted wanted;

    DeviceLogin(Exchange exchange, Consumer<DevicePrompt> prompt, Wanted wanted) {
        this.exchange = exchange;
        this.prompt = prompt;
        this.wanted = wanted;
    }

    /**
     * The same for a resource, or for one more (RFC 8707).
     *
     * @param uri absolute, without fragment
     * @return a new login
     */
    public DeviceLogin resource(URI uri) {
        return new DeviceLogin(exchange, prompt, wanted.resource(uri));
    }

    private record Begun(Secret deviceCode, Instant expires, Duration interval) {}

    /**
     * Begins, shows the code, and asks until the user has answered: every 5 seconds unless the server says otherwise, 5
     * seconds less often each time it says {@code slow_down}, half as often each time it cannot be reached.
     *
     * @return the user
     * @throws TokenFetchException if the user said no, did not answer in time, or the thread is interrupted
     */
    public Login login() throws TokenFetchException {
        return IdTokens.login(exchange, fetched(), null, null);
    }

    /**
     * The same as {@link #login()}.
     *
     * @return the user's token
     * @throws TokenFetchException as there
     */
    @Override
    public FetchedToken fetch() throws TokenFetchException {
        return login().token();
    }

    private FetchedToken fetched() throws TokenFetchException {
        Begun begun = begin();
        Form form = new Form()
                .put("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .put("device_code", begun.deviceCode())
                .each("resource", wanted.resources());
        Duration interval = begun.interval();
        while (true) {
            pause(interval, begun.expires());
            try {
                return TokenReader.read(exchange, exchange.ask(Endpoint.TOKEN, form, true), wanted.scopes(), true);
            } catch (TokenFetchException e) {
                interval = next(interval, e);
            }
        }
    }

    private Begun begin() throws TokenFetchException {
        Answer answer = exchange.ask(Endpoint.DEVICE, wanted.to(new Form()), false);
        String visible = "must be a string of visible ASCII characters (RFC 8628, 3.2)";
        String text = "must be a string of 1 to 64 characters (RFC 8628, 3.2)";
        String seconds = "must be a whole number of seconds, at least 1 (RFC 8628, 3.2)";
        try {
            Members said = answer.members();
            Secret code = said.token("device_code", visible);
            String userCode = said.text("user_code", text);
            URI verification = said.uri("verification_uri");
            Long life = said.seconds("expires_in", seconds);
            Long interval = said.seconds("interval", seconds);
            if (code == null) {
                throw said.bad("device_code", visible);
            }
            if (userCode == null || !USER_CODE.matcher(userCode).matches()) {
                throw said.bad("user_code", text);
            }
            if (verification == null) {
                throw said.bad("verification_uri", "must be an https address");
            }
            if (life == null) {
                throw said.bad("expires_in", seconds);
            }
            Instant expires = answer.asked().plus(shorter(life, LONGEST_LIFE));
            prompt.accept(new DevicePrompt(userCode, verification, said.uri("verification_uri_complete"), expires));
            return new Begun(code, expires, interval == null ? USUAL_INTERVAL : shorter(interval, LONGEST_INTERVAL));
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }

    private static Duration shorter(long seconds, Duration most) {
        return Duration.ofSeconds(Math.min(seconds, most.toSeconds()));
    }

    private void pause(Duration interval, Instant expires) throws TokenFetchException {
        if (!exchange.connection().settings().clock().instant().plus(interval).isBefore(expires)) {
            throw new TokenFetchException(
                    Kind.INVALID_GRANT,
                    "The login at " + exchange.connection().issuer()
                            + " was not answered before its code expired; begin again",
                    "expired_token",
                    null);
        }
        try {
            exchange.connection().settings().pause().pause(interval);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.permanent("Interrupted while waiting for the login at "
                    + exchange.connection().issuer());
        }
    }

    private static Duration next(Duration interval, TokenFetchException e) throws TokenFetchException {
        String error = e.error() == null ? "" : e.error();
        Duration next;
        if (error.equals("authorization_pending")) {
            next = interval;
        } else if (error.equals("slow_down")) {
            next = interval.plus(USUAL_INTERVAL);
        } else if (e.kind() == Kind.RETRYABLE) {
            return longer(shorter(2 * interval.toSeconds(), LONGEST_INTERVAL), e.retryAfter());
        } else {
            throw e;
        }
        return shorter(next.toSeconds(), LONGEST_INTERVAL);
    }

    private static Duration longer(Duration one, @Nullable Duration other) {
        return other == null || one.compareTo(other) > 0 ? one : other;
    }

    @Override
    public String toString() {
        return "device login of '" + exchange.clientId() + "' at "
                + exchange.connection().issuer() + " for " + wanted.scopes();
    }
}
