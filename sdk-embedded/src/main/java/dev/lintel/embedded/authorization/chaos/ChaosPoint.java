package dev.lintel.embedded.authorization.chaos;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.core.VirtualClock;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;

/**
 * Requests of one kind, and what can go wrong with them. A value: narrowing it answers another one. Requests that are
 * answered in place of the endpoint are not executed; the others are.
 */
public interface ChaosPoint {
    /**
     * Only the next such request.
     *
     * @return narrower
     */
    ChaosPoint once();

    /**
     * Only the next such requests.
     *
     * @param requests how many, at least 1
     * @return narrower
     */
    ChaosPoint times(int requests);

    /**
     * Only token requests of one grant.
     *
     * @param type for example {@code refresh_token}
     * @return narrower
     */
    ChaosPoint grant(String type);

    /**
     * Delays requests, in real time.
     *
     * @param time more than zero
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance latency(Duration time);

    /**
     * Delays requests until a clock was moved so far.
     *
     * @param time more than zero, from the moment when a request comes
     * @param clock any, not only the server's
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance latency(Duration time, VirtualClock clock);

    /**
     * Keeps requests waiting.
     *
     * @return to release them
     */
    Hold hold();

    /**
     * Answers with an error status and no body to speak of.
     *
     * @param status 400 to 599
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance status(int status);

    /**
     * Answers with an error of the protocol (RFC 6749, 5.2).
     *
     * @param status 400 to 599
     * @param code for example {@code temporarily_unavailable}
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance error(int status, String code);

    /**
     * Answers 429 with {@code Retry-After} in seconds (RFC 9110, 10.2.3).
     *
     * @param retryAfter in whole seconds
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance tooManyRequests(Duration retryAfter);

    /**
     * Answers 429 with {@code Retry-After} as a date (RFC 9110, 10.2.3).
     *
     * @param retryAt when to come back, in whole seconds
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance tooManyRequests(Instant retryAt);

    /**
     * Answers 503 with {@code Retry-After} in seconds.
     *
     * @param retryAfter in whole seconds
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance unavailable(Duration retryAfter);

    /**
     * Resets the connection when the request has been read, without executing it.
     *
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance reset();

    /**
     * Executes the request and closes the connection without a reply.
     *
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance dropReply();

    /**
     * Executes the request and breaks off in the middle of the reply's body.
     *
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance truncateReply();

    /**
     * Executes the request and sends the reply in pieces, in real time.
     *
     * @param bytes how many at a time, at least 1
     * @param pause between two of them
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance drip(int bytes, Duration pause);

    /**
     * Executes the request and sends the reply in pieces, one each time a clock was moved so far.
     *
     * @param bytes how many at a time, at least 1
     * @param pause between two of them
     * @param clock any, not only the server's
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance drip(int bytes, Duration pause, VirtualClock clock);

    /**
     * Executes the request and says that the reply is something else than it is.
     *
     * @param type for example {@code text/html}
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance contentType(String type);

    /**
     * Answers 200 with JSON that ends in the middle.
     *
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance malformedJson();

    /**
     * Answers 200 with JSON that has one very long string in it.
     *
     * @param bytes how long the body is, at least 32
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance hugeBody(long bytes);

    /**
     * Answers 200 with JSON that never ends.
     *
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance endlessBody();

    /**
     * Sends the caller elsewhere, with 307, so that one who follows sends the same secrets there.
     *
     * @param location where to
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance redirect(URI location);

    /**
     * Answers with anything.
     *
     * @param status 200 to 599
     * @param type the {@code Content-Type}
     * @param body in UTF-8
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance answer(int status, String type, String body);

    /**
     * Sends bytes in place of an HTTP response, and closes the connection.
     *
     * @param bytes whatever they mean
     * @return what goes wrong
     */
    @CanIgnoreReturnValue
    Disturbance bytes(byte[] bytes);
}
