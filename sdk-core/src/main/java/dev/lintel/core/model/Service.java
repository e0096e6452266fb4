package dev.lintel.core.model;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service and what governs every call to it, from inside and through the gateway.
 *
 * @param name the service's name
 * @param port the service's port
 * @param labels what its workloads carry, all versions alike
 * @param versions by name, sorted; empty if no version is named anywhere
 * @param split how calls are shared among versions; null sends them to all workloads alike
 * @param retry when a call is tried again; null never
 * @param timeout how long a call may take, all tries together; null without limit
 * @param traffic how calls travel beyond that
 * @param callers who may call, in the order in which they are asked; empty for everybody
 * @param grpc that it speaks gRPC; null for HTTP of any sort
 */
public record Service(
        String name,
        int port,
        Map<String, String> labels,
        List<Version> versions,
        @Nullable SplitRule split,
        @Nullable RetryRule retry,
        @Nullable TimeoutRule timeout,
        Traffic traffic,
        List<CallerRule> callers,
        @Nullable GrpcRule grpc) {
    /** Keeps labels, versions and callers in their order. */
    public Service {
        labels = Ordered.copy(labels);
        versions = List.copyOf(versions);
        callers = List.copyOf(callers);
    }

    /**
     * A service that is not known to speak gRPC.
     *
     * @param name the service's name
     * @param port the service's port
     * @param labels what its workloads carry
     * @param versions by name, sorted
     * @param split how calls are shared among versions; null for any workload
     * @param retry when a call is tried again; null never
     * @param timeout how long a call may take; null without limit
     * @param traffic how calls travel beyond that
     * @param callers who may call; empty for everybody
     */
    public Service(
            String name,
            int port,
            Map<String, String> labels,
            List<Version> versions,
            @Nullable SplitRule split,
            @Nullable RetryRule retry,
            @Nullable TimeoutRule timeout,
            Traffic traffic,
            List<CallerRule> callers) {
        this(name, port, labels, versions, split, retry, timeout, traffic, callers, null);
    }

    /**
     * A service that everybody may call.
     *
     * @param name the service's name
     * @param port the service's port
     * @param labels what its workloads carry
     * @param versions by name, sorted
     * @param split how calls are shared among versions; null for any workload
     * @param retry when a call is tried again; null never
     * @param timeout how long a call may take; null without limit
     * @param traffic how calls travel beyond that
     */
    public Service(
            String name,
            int port,
            Map<String, String> labels,
            List<Version> versions,
            @Nullable SplitRule split,
            @Nullable RetryRule retry,
            @Nullable TimeoutRule timeout,
            Traffic traffic) {
        this(name, port, labels, versions, split, retry, timeout, traffic, List.of());
    }

    /**
     * A service of which nothing more is said.
     *
     * @param name the service's name
     * @param port the service's port
     * @param labels what its workloads carry
     * @param versions by name, sorted
     * @param split how calls are shared among versions; null for any workload
     * @param retry when a call is tried again; null never
     * @param timeout how long a call may take; null without limit
     */
    public Service(
            String name,
            int port,
            Map<String, String> labels,
            List<Version> versions,
            @Nullable SplitRule split,
            @Nullable RetryRule retry,
            @Nullable TimeoutRule timeout) {
        this(name, port, labels, versions, split, retry, timeout, Traffic.NONE);
    }

    /**
     * The same service, which speaks gRPC or not.
     *
     * @param rule that it does; null for HTTP of any sort
     * @return a new value
     */
    public Service grpc(@Nullable GrpcRule rule) {
        return new Service(name, port, labels, versions, split, retry, timeout, traffic, callers, rule);
    }
}
