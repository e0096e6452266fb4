package dev.lintel.embedded;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Token;
import dev.lintel.embedded.world.LocalFunction;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** A request as a function gets it: allowed already, with its whole body. */
public final class FunctionRequest {
    private final LocalFunction.Call call;

    FunctionRequest(LocalFunction.Call call) {
        this.call = call;
    }

    /**
     * The method.
     *
     * @return for example {@code GET}
     */
    public String method() {
        return call.method();
    }

    /**
     * The host that was called.
     *
     * @return as the client said it, with port if there was one
     */
    public String host() {
        return call.host();
    }

    /**
     * The path in normal form, rewritten if the definition says so.
     *
     * @return starts with {@code /}
     */
    public String path() {
        return call.path();
    }

    /**
     * The query.
     *
     * @return as it came, without question mark
     */
    public Optional<String> query() {
        return Optional.ofNullable(call.query());
    }

    /**
     * A header's value, several of them joined by commas.
     *
     * @param name in any case
     * @return empty if the header is missing
     */
    public Optional<String> header(String name) {
        return Optional.ofNullable(call.headers().get(name.toLowerCase(Locale.ROOT)));
    }

    /**
     * All headers.
     *
     * @return names in lower case with their values, in the order in which they came
     */
    public Map<String, String> headers() {
        return Collections.unmodifiableMap(call.headers());
    }

    /**
     * The verified token.
     *
     * @return empty if none was presented, or none is asked for
     */
    public Optional<Token.Verified> token() {
        return call.token() instanceof Token.Verified verified ? Optional.of(verified) : Optional.empty();
    }

    /**
     * The workload that calls, as its certificate proved it.
     *
     * @return empty if the request came over the listener for everybody, where nobody shows one
     */
    public Optional<Caller.Workload> caller() {
        return call.caller() instanceof Caller.Workload workload ? Optional.of(workload) : Optional.empty();
    }

    /**
     * The body.
     *
     * @return a copy
     */
    public byte[] body() {
        byte[] copy = new byte[call.body().remaining()];
        call.body().duplicate().get(copy);
        return copy;
    }

    /**
     * The body as text.
     *
     * @return decoded as UTF-8
     */
    public String text() {
        return new String(body(), StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return call.method() + " " + call.host() + call.path();
    }
}
