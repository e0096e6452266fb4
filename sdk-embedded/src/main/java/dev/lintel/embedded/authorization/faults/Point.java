package dev.lintel.embedded.authorization.faults;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.chaos.ChaosPoint;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.embedded.authorization.chaos.Hold;
import dev.lintel.embedded.authorization.http.Delivery;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Requests of one kind.
 *
 * @param owner where disturbances are registered
 * @param whom which requests
 * @param most how many of them; 0 for all
 */
record Point(Disturbances owner, Predicate<Received> whom, int most) implements ChaosPoint {
    private static final String JSON = "application/json";

    @Override
    public ChaosPoint once() {
        return times(1);
    }

    @Override
    public ChaosPoint times(int requests) {
        if (requests < 1) {
            throw new IllegalArgumentException("a disturbance must meet at least 1 request, but was given " + requests);
        }
        return new Point(owner, whom, requests);
    }

    @Override
    public ChaosPoint grant(String type) {
        return new Point(owner, whom.and(request -> GrantType.of(request).equals(type)), most);
    }

    @Override
    public Disturbance latency(Duration time) {
        return add("latency " + positive(time), Faults.latency(time, owner::later));
    }

    @Override
    public Disturbance latency(Duration time, VirtualClock clock) {
        return add("latency " + positive(time), Faults.latency(time, clock));
    }

    @Override
    public Hold hold() {
        return owner.add(new Layer(owner, whom, most, "hold", true, Faults.hold()));
    }

    @Override
    public Disturbance status(int status) {
        return add("status " + status, Faults.answer(Reply.text(error(status), "disturbed on purpose")));
    }

    @Override
    public Disturbance error(int status, String code) {
        return add(
                "error " + status + " " + code,
                Faults.answer(Reply.json(error(status), Map.of("error", code)).header("Cache-Control", "no-store")));
    }

    @Override
    public Disturbance tooManyRequests(Duration retryAfter) {
        return retry(429, Long.toString(retryAfter.toSeconds()));
    }

    @Override
    public Disturbance tooManyRequests(Instant retryAt) {
        return retry(429, HttpDate.of(retryAt));
    }

    @Override
    public Disturbance unavailable(Duration retryAfter) {
        return retry(503, Long.toString(retryAfter.toSeconds()));
    }

    private Disturbance retry(int status, String after) {
        return add(
                "status " + status + ", retry after " + after,
                Faults.answer(Reply.text(status, "disturbed on purpose").header("Retry-After", after)));
    }

    @Override
    public Disturbance reset() {
        return instead("reset", (reply, outlet) -> outlet.reset());
    }

    @Override
    public Disturbance dropReply() {
        return add("lost reply", Faults.deliver((reply, outlet) -> outlet.finish()));
    }

    @Override
    public Disturbance truncateReply() {
        return add("truncated reply", Faults.deliver(Faults::truncate));
    }

    @Override
    public Disturbance drip(int bytes, Duration pause) {
        return add("drip", Faults.deliver(new Drip(pieces(bytes), positive(pause), null)));
    }

    @Override
    public Disturbance drip(int bytes, Duration pause, VirtualClock clock) {
        return add("drip", Faults.deliver(new Drip(pieces(bytes), positive(pause), clock)));
    }

    @Override
    public Disturbance contentType(String type) {
        return add("content type " + type, Faults.contentType(type));
    }

    @Override
    public Disturbance malformedJson() {
        return add("malformed JSON", Faults.answer(body(200, JSON, "{\"access_token\":\"abc\",\"expires_in\":")));
    }

    @Override
    public Disturbance hugeBody(long bytes) {
        if (bytes < Flood.LEAST) {
            throw new IllegalArgumentException(
                    "a huge body must have at least " + Flood.LEAST + " bytes, but was given " + bytes);
        }
        return instead("body of " + bytes + " bytes", new Flood(bytes));
    }

    @Override
    public Disturbance endlessBody() {
        return instead("endless body", new Flood(-1));
    }

    @Override
    public Disturbance redirect(URI location) {
        return add(
                "redirect",
                Faults.answer(Reply.text(307, "disturbed on purpose").header("Location", location.toASCIIString())));
    }

    @Override
    public Disturbance answer(int status, String type, String body) {
        if (status < 200 || status > 599) {
            throw new IllegalArgumentException("an answer's status must be 200 to 599, but was " + status);
        }
        return add("answer " + status, Faults.answer(body(status, type, body)));
    }

    @Override
    public Disturbance bytes(byte[] bytes) {
        byte[] copy = bytes.clone();
        return instead("bytes", (reply, outlet) -> outlet.send(copy.clone(), outlet::finish));
    }

    private Disturbance instead(String what, Delivery delivery) {
        return add(what, Faults.answer(Reply.text(200, "").by(delivery)));
    }

    private Disturbance add(String what, Fault fault) {
        return owner.add(new Layer(owner, whom, most, what, false, fault));
    }

    private static Reply body(int status, String type, String body) {
        return Reply.of(status, type, body.getBytes(StandardCharsets.UTF_8));
    }

    private static int error(int status) {
        if (status < 400 || status > 599) {
            throw new IllegalArgumentException("an error's status must be 400 to 599, but was " + status);
        }
        return status;
    }

    private static int pieces(int bytes) {
        if (bytes < 1) {
            throw new IllegalArgumentException("a piece must have at least 1 byte, but was given " + bytes);
        }
        return bytes;
    }

    private static Duration positive(Duration time) {
        if (time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException("a delay must be more than zero, but was " + time);
        }
        return time;
    }
}
