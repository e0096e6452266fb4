package dev.lintel.graphql.upstream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What clients are told about a call that went wrong: never an address, a header, a stack or a body.
 *
 * @param code what it is
 * @param status that the service answered with, 0 if it did not
 * @param title of the service's problem, RFC 9457; null if it said none or it is not shown
 * @param detail of the service's problem; null if it said none or it is not shown
 * @param retryAfter when to ask again, null if the service does not say
 * @param violations arguments that the service refused, at most 32
 */
public record UpstreamProblem(
        UpstreamCode code,
        int status,
        @Nullable String title,
        @Nullable String detail,
        @Nullable Duration retryAfter,
        List<Violation> violations) {
    /** Keeps a copy. */
    public UpstreamProblem {
        Objects.requireNonNull(code, "code");
        violations = List.copyOf(violations);
    }

    /**
     * A problem of which nothing else is known.
     *
     * @param code what it is
     * @return the problem
     */
    public static UpstreamProblem of(UpstreamCode code) {
        return new UpstreamProblem(code, 0, null, null, null, List.of());
    }

    /**
     * The sentence for {@code message}.
     *
     * @return that of the code
     */
    public String message() {
        return code.message();
    }

    /**
     * The members for {@code extensions}.
     *
     * @return {@code code} first; {@code status}, {@code title}, {@code detail}, {@code retryAfter} in whole seconds and
     *     {@code violations} where they are known
     */
    public Map<String, Object> extensions() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("code", code.name());
        if (status > 0) {
            members.put("status", status);
        }
        if (title != null) {
            members.put("title", title);
        }
        if (detail != null) {
            members.put("detail", detail);
        }
        if (retryAfter != null) {
            members.put("retryAfter", retryAfter.toSeconds());
        }
        if (!violations.isEmpty()) {
            List<Map<String, Object>> list = new ArrayList<>();
            for (Violation violation : violations) {
                Map<String, Object> one = new LinkedHashMap<>();
                one.put("argument", violation.argument());
                if (!violation.detail().isEmpty()) {
                    one.put("detail", violation.detail());
                }
                list.add(one);
            }
            members.put("violations", list);
        }
        return Collections.unmodifiableMap(members);
    }
}
