package dev.lintel.core.policy;

import dev.lintel.core.Policy;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Says which labels the service's workloads carry, where it is not {@code app: {service}}.
 *
 * @param labels at least one
 * @see <a href="https://istio.io/latest/docs/reference/config/type/workload-selector/">Istio, WorkloadSelector</a>
 */
public record WorkloadSelector(Map<String, String> labels) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "service.workload-selector/v1";

    /** Sorts the labels, which have no order, and checks that there is one. */
    public WorkloadSelector {
        labels = Collections.unmodifiableMap(new TreeMap<>(labels));
        if (labels.isEmpty()) {
            throw new IllegalArgumentException("a workload selector needs at least one label");
        }
    }

    @Override
    public String kind() {
        return KIND;
    }
}
