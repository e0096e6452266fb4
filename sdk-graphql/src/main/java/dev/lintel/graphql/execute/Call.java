package dev.lintel.graphql.execute;

import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A call and what it gives, made once however many fields need it. */
final class Call implements Callable<Call.Result> {
    /**
     * What a call gives.
     *
     * @param value as plain values, null for null or if there is a problem
     * @param answer as it came, null if none did
     * @param problem null if all went well
     * @param ours what went wrong on our side, null if nothing did
     */
    record Result(
            @Nullable Object value,
            @Nullable UpstreamAnswer answer,
            @Nullable UpstreamProblem problem,
            @Nullable Code ours) {
        static Result of(UpstreamCode code) {
            return new Result(null, null, UpstreamProblem.of(code), null);
        }

        static Result of(Code code) {
            return new Result(null, null, null, code);
        }
    }

    private final Target target;
    private final Map<String, Object> arguments;
    private final UpstreamRequest request;
    private final Upstream upstream;
    private final ErrorDetails details;
    private final Received received;
    private @Nullable Result result;

    Call(
            Target target,
            Map<String, Object> arguments,
            UpstreamRequest request,
            Upstream upstream,
            ErrorDetails details,
            Received received) {
        this.target = target;
        this.arguments = arguments;
        this.request = request;
        this.upstream = upstream;
        this.details = details;
        this.received = received;
    }

    /** Another call of the same service. */
    Call instead(Target other, Map<String, Object> with, UpstreamRequest sent) {
        return new Call(other, with, sent, upstream, details, received);
    }

    Target target() {
        return target;
    }

    Map<String, Object> arguments() {
        return arguments;
    }

    UpstreamRequest request() {
        return request;
    }

    /** Known after it was made. */
    Result result() {
        return Objects.requireNonNull(result, "result");
    }

    void result(Result given) {
        result = given;
    }

    @Override
    public Result call() {
        UpstreamAnswer answer = null;
        try {
            answer = upstream.call(request);
            if (!received.takes(answer.body().length)) {
                return Result.of(UpstreamCode.UPSTREAM_TOO_LARGE);
            }
            return new Result(target.reader(details).read(answer), answer, null, null);
        } catch (UpstreamException e) {
            return new Result(null, answer, e.problem(), null);
        } catch (IOException e) {
            return Result.of(
                    Thread.currentThread().isInterrupted()
                            ? UpstreamCode.UPSTREAM_TIMEOUT
                            : UpstreamCode.UPSTREAM_UNAVAILABLE);
        } catch (RuntimeException e) {
            return Result.of(Code.INTERNAL);
        }
    }
}
