package dev.lintel.extauthz.check;

import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.OpaClient;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.CheckedRequest;
import io.envoyproxy.envoy.service.auth.v3.AuthorizationGrpc;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import io.envoyproxy.envoy.service.auth.v3.CheckResponse;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import java.time.DateTimeException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers Envoys out of what OPA says. */
public final class CheckService extends AuthorizationGrpc.AuthorizationImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(CheckService.class);

    private final OpaClient opa;
    private final AuthorizerRule rule;
    private final int most;
    private final boolean dryRun;
    private final AtomicInteger running = new AtomicInteger();

    /**
     * A service.
     *
     * @param opa asks
     * @param rule what is asked for, and how long that may take
     * @param most how many questions may be under way
     * @param dryRun whether everything is allowed and what OPA says is only logged
     */
    public CheckService(OpaClient opa, AuthorizerRule rule, int most, boolean dryRun) {
        this.opa = opa;
        this.rule = rule;
        this.most = most;
        this.dryRun = dryRun;
    }

    @Override
    public void check(CheckRequest request, StreamObserver<CheckResponse> to) {
        Deadline deadline = Context.current().getDeadline();
        long own = rule.timeout().toNanos();
        long left = deadline == null ? own : Math.min(own, deadline.timeRemaining(TimeUnit.NANOSECONDS));
        if (left <= 0) {
            to.onError(Status.DEADLINE_EXCEEDED.asRuntimeException());
            return;
        }
        CheckedRequest told;
        try {
            told = Requests.read(request);
        } catch (DateTimeException e) {
            // A time that is none. It is looked at before a place is taken, which nobody would give back.
            answer(Answer.MALFORMED, to);
            return;
        }
        if (running.incrementAndGet() > most) {
            running.decrementAndGet();
            to.onError(Status.RESOURCE_EXHAUSTED
                    .withDescription("too many questions at once")
                    .asRuntimeException());
            return;
        }
        AtomicBoolean over = new AtomicBoolean();
        Asking asking = opa.ask(within(left), told, answer -> {
            if (over.compareAndSet(false, true)) {
                running.decrementAndGet();
                answer(answer, to);
            }
        });
        ((ServerCallStreamObserver<CheckResponse>) to).setOnCancelHandler(() -> {
            if (over.compareAndSet(false, true)) {
                running.decrementAndGet();
                asking.cancel();
            }
        });
    }

    private AuthorizerRule within(long nanos) {
        return new AuthorizerRule(
                rule.protocol(),
                rule.address(),
                rule.decision(),
                Duration.ofNanos(nanos),
                rule.failOpen(),
                rule.statusOnError(),
                rule.body(),
                rule.origin());
    }

    private void answer(Answer answer, StreamObserver<CheckResponse> to) {
        Verdict verdict = answer.verdict();
        if (dryRun) {
            LOG.info("dry run, allowed all the same: {}", answer);
            verdict = Verdict.ALLOWED;
        }
        if (verdict instanceof Verdict.Allowed allowed) {
            send(Responses.allowed(allowed), answer, to);
        } else if (verdict instanceof Verdict.Denied denied) {
            send(Responses.denied(denied), answer, to);
        } else {
            String why = verdict instanceof Verdict.Failed failed ? failed.reason() : "it was not asked";
            LOG.warn("no decision by {}: {}", rule.describe(), why);
            to.onError(Status.INTERNAL.withDescription(why).asRuntimeException());
        }
    }

    private static void send(CheckResponse response, Answer answer, StreamObserver<CheckResponse> to) {
        Map<String, Object> metadata = new LinkedHashMap<>(answer.metadata());
        metadata.put(
                "decision_id", answer.decisionId().isEmpty() ? UUID.randomUUID().toString() : answer.decisionId());
        to.onNext(response.toBuilder()
                .setDynamicMetadata(Structs.struct(metadata))
                .build());
        to.onCompleted();
    }

    /** What it asks for, for people. */
    @Override
    public String toString() {
        return "ext_authz by " + rule.describe();
    }
}
