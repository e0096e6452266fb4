package dev.lintel.testbed;

import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one cluster for a run, when the first test asks for it, and stops it at the end. */
final class RealClusterExtension implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace OURS =
            ExtensionContext.Namespace.create(RealClusterExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return programs(context)
                .map(p -> ConditionEvaluationResult.enabled("the control plane is in " + p.folder()))
                .orElseGet(() -> ConditionEvaluationResult.disabled("there is no Go to build a control plane with"));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Cluster.class || type == ApiClient.class || type == Namespace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Cluster cluster = store(context)
                .computeIfAbsent(
                        Cluster.class, c -> Cluster.start(programs(context).orElseThrow()), Cluster.class);
        Class<?> type = parameter.getParameter().getType();
        if (type == Cluster.class) {
            return cluster;
        }
        return type == ApiClient.class ? cluster.client() : new Namespace(cluster.namespace());
    }

    @SuppressWarnings("unchecked")
    private static Optional<Programs> programs(ExtensionContext context) {
        return (Optional<Programs>) store(context).computeIfAbsent(Programs.class, p -> Programs.find());
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(OURS);
    }
}
