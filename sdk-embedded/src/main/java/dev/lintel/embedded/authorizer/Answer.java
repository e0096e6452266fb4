package dev.lintel.embedded.authorizer;

import dev.lintel.core.evaluate.Verdict;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What came of asking an authorizer.
 *
 * @param verdict what it said
 * @param metadata what it said for others, {@code dynamic_metadata}, as JSON has it; empty for nothing
 * @param decisionId names its decision in its log; empty if it does not say
 */
public record Answer(Verdict verdict, Map<String, Object> metadata, String decisionId) {
    /** What answers a request that no policy could judge, as in OPA's Envoy plugin. */
    public static final Answer MALFORMED = of(new Verdict.Denied(400, List.of(), ""));

    /** Keeps the metadata in their order. */
    public Answer {
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /**
     * A verdict alone.
     *
     * @param verdict what it said
     * @return an answer without metadata
     */
    public static Answer of(Verdict verdict) {
        return new Answer(verdict, Map.of(), "");
    }

    /**
     * No answer.
     *
     * @param reason for people, without secrets
     * @return an answer that allows nothing
     */
    public static Answer failed(String reason) {
        return of(new Verdict.Failed(reason));
    }

    /** Without metadata, in which anything may be. */
    @Override
    public String toString() {
        return verdict + (decisionId.isEmpty() ? "" : " (" + decisionId + ")");
    }
}
