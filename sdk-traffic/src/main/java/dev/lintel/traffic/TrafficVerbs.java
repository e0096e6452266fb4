package dev.lintel.traffic;

import dev.lintel.core.fluent.Verbs;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import java.time.Duration;
import java.util.Map;

/**
 * The verbs of traffic.
 *
 * @param <S> the chain that the verbs answer
 */
public interface TrafficVerbs<S extends Verbs<S>> extends Verbs<S> {
    /**
     * Shares calls between two versions, each call by itself.
     *
     * @param first a version
     * @param firstWeight its percent; both add up to 100
     * @param second another version
     * @param secondWeight its percent
     * @return a new chain
     */
    default S split(String first, int firstWeight, String second, int secondWeight) {
        return split(Split.split(first, firstWeight, second, secondWeight));
    }

    /**
     * Shares calls among versions.
     *
     * @param split the shares
     * @return a new chain
     */
    default S split(Split split) {
        return with(split);
    }

    /**
     * Sends requests to an endpoint to one version, past the split.
     *
     * @param endpoint for example {@code GET /reports/**}
     * @param version the version
     * @return a new chain
     */
    default S route(String endpoint, String version) {
        return route(Match.match(endpoint), version);
    }

    /**
     * Sends some requests to one version, past the split.
     *
     * @param match which requests, for example {@code match("/**").header("x-beta", "1")}
     * @param version the version
     * @return a new chain
     */
    default S route(Match match, String version) {
        return with(new RouteTo(match, version));
    }

    /**
     * Says by which label the workloads of a version are found; {@code version: {name}} unless said.
     *
     * @param name the version's name
     * @param label the label's name
     * @param value its value
     * @return a new chain
     */
    default S versionByLabel(String name, String label, String value) {
        return with(new VersionOf(name, Map.of(label, value), null));
    }

    /**
     * Says that a version has a service of its own.
     *
     * @param name the version's name
     * @param service that service, in the same namespace
     * @return a new chain
     */
    default S versionByService(String name, String service) {
        return with(new VersionOf(name, Map.of(), service));
    }

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
     * Changes the path under which the service gets requests.
     *
     * @param from {@code /shop/**} or {@code /shop}
     * @param to {@code /api/**} or {@code /api}
     * @return a new chain
     */
    default S rewritePath(String from, String to) {
        return with(new RewritePath(PathPattern.parse(from), PathPattern.parse(to)));
    }

    /**
     * Sets a header on the way to the service.
     *
     * @param name the header's name, in any case
     * @param value its value, never a secret
     * @return a new chain
     */
    default S setHeader(String name, String value) {
        return with(new SetHeader(SetHeader.Message.REQUEST, name, value));
    }

    /**
     * Sets a header on the way back to the caller.
     *
     * @param name the header's name, in any case
     * @param value its value
     * @return a new chain
     */
    default S setResponseHeader(String name, String value) {
        return with(new SetHeader(SetHeader.Message.RESPONSE, name, value));
    }
}
