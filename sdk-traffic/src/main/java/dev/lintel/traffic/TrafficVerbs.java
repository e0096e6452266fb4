package dev.lintel.traffic;

import dev.lintel.core.fluent.Verbs;
import dev.lintel.core.match.Condition;
import java.util.Map;

/**
 * The verbs of traffic: which version and which workload get a call, beside those of {@link HttpVerbs} and {@link
 * ResilienceVerbs}.
 *
 * @param <S> the chain that the verbs answer
 */
public interface TrafficVerbs<S extends Verbs<S>> extends HttpVerbs<S>, ResilienceVerbs<S> {
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
     * Begins to give calls of which something is true to one version, before the split is asked; {@link When#to} says which.
     *
     * @param condition for example {@code header("x-canary", "1")}
     * @return what asks for the version
     */
    default When<S> when(Condition condition) {
        return new When<>(this, condition);
    }

    /**
     * Sends copies of calls to a version and throws its answers away.
     *
     * @param version the version
     * @param percent of how many calls, 1 to 100
     * @return a new chain
     */
    default S mirror(String version, int percent) {
        return with(new Mirror(version, percent));
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
     * Says which workload of a version gets a call.
     *
     * @param balancing how one is picked, for example {@link LoadBalancing#leastRequest()}
     * @return a new chain
     */
    default S loadBalancing(LoadBalancing balancing) {
        return with(balancing);
    }

    /**
     * Says that the service runs elsewhere than in the API's own namespace.
     *
     * @param place for example {@link ServedBy#external(String)}
     * @return a new chain
     */
    default S servedBy(ServedBy place) {
        return with(place);
    }
}
