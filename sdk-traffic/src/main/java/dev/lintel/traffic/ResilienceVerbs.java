package dev.lintel.traffic;

import dev.lintel.core.fluent.Verbs;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * The verbs about calls that fail, and about workloads that do.
 *
 * @param <S> the chain that the verbs answer
 */
public interface ResilienceVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Tries failed calls again.
     *
     * @param attempts how many more tries at the most, 1 to 10
     * @return a new chain
     */
    default S retry(int attempts) {
        return retry(Retry.attempts(attempts));
    }

    /**
     * Tries failed calls again.
     *
     * @param attempts how many more tries at the most, 1 to 10
     * @param perTry how long one try may take
     * @return a new chain
     */
    default S retry(int attempts, Duration perTry) {
        return retry(Retry.attempts(attempts).perTry(perTry));
    }

    /**
     * Tries failed calls again.
     *
     * @param retry when and how often
     * @return a new chain
     */
    default S retry(Retry retry) {
        return with(retry);
    }

    /**
     * Limits how long a call may take, all tries together.
     *
     * @param total a millisecond to a day
     * @return a new chain
     */
    default S timeout(Duration total) {
        return with(new Timeout(total));
    }

    /**
     * Leaves workloads out after failures in a row, and limits how much a version takes at once.
     *
     * @param said what is not as in {@link Breaker#usual()}, for example {@code b -> b.consecutive5xx(3).maxPending(50)}
     * @return a new chain
     */
    default S breaker(UnaryOperator<Breaker> said) {
        return breaker(said.apply(Breaker.usual()));
    }

    /**
     * Leaves workloads out after failures in a row, and limits how much a version takes at once.
     *
     * @param breaker after what, for how long, and how much
     * @return a new chain
     */
    default S breaker(Breaker breaker) {
        return with(breaker);
    }

    /**
     * Asks workloads whether they are well, and sends calls only to those that are.
     *
     * @param path asked for by GET; 200 is well
     * @return a new chain
     */
    default S healthCheck(String path) {
        return healthCheck(HealthCheck.get(path));
    }

    /**
     * Asks workloads whether they are well, and sends calls only to those that are.
     *
     * @param check what is asked, and how often
     * @return a new chain
     */
    default S healthCheck(HealthCheck check) {
        return with(check);
    }

    /**
     * Makes faults on purpose.
     *
     * @param fault which, and how many
     * @return a new chain
     */
    default S fault(Fault fault) {
        return with(fault);
    }
}
