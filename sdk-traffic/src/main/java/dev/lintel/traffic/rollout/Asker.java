package dev.lintel.traffic.rollout;

import dev.lintel.core.Durations;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Asks what gates need to know. Whatever goes wrong concludes nothing about the gate that it goes wrong for. */
final class Asker {
    private final Rollout plan;
    private final Metrics metrics;
    private final Time time;
    private final Duration patience;

    Asker(Rollout plan, Metrics metrics, Time time, Duration patience) {
        this.plan = plan;
        this.metrics = metrics;
        this.time = time;
        this.patience = patience;
    }

    /** Completes normally, at the latest when patience has ended. */
    CompletableFuture<List<Verdict>> ask(List<Gate> gates, Duration window) {
        List<CompletableFuture<Verdict>> asked = new ArrayList<>();
        for (Gate gate : gates) {
            asked.add(ask(gate, window));
        }
        CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new));
        if (!all.isDone()) {
            Runnable off = time.after(patience, () -> {
                for (int i = 0; i < gates.size(); i++) {
                    boolean unused = asked.get(i)
                            .complete(new Verdict.Inconclusive(
                                    gates.get(i), "no answer within " + Durations.write(patience)));
                }
            });
            CompletableFuture<Void> unused = all.thenRun(off);
        }
        return all.thenApply(done -> asked.stream().map(CompletableFuture::join).toList());
    }

    private CompletableFuture<Verdict> ask(Gate gate, Duration window) {
        Question question = new Question(plan.api().id(), plan.version(), gate.metric(), gate.quantile(), window);
        CompletableFuture<Verdict> answer = new CompletableFuture<>();
        @Nullable CompletionStage<Reading> stage;
        try {
            stage = metrics.read(question);
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            stage = CompletableFuture.failedFuture(e);
        }
        if (stage == null) {
            stage = CompletableFuture.completedFuture(null);
        }
        CompletionStage<Reading> unused =
                stage.whenComplete((reading, failure) -> answer.complete(verdict(gate, reading, failure)));
        return answer;
    }

    private static Verdict verdict(Gate gate, @Nullable Reading reading, @Nullable Throwable failure) {
        if (failure != null) {
            Throwable cause =
                    failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
            return new Verdict.Inconclusive(gate, Words.failure(cause));
        }
        return reading == null ? new Verdict.Inconclusive(gate, "no answer") : Judge.judge(gate, reading);
    }
}
