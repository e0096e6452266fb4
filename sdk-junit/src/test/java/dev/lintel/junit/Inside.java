package dev.lintel.junit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Marks a class that other tests run by {@link Engine}, some of them to see it fail; by itself it runs nothing. */
@Inherited
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(Inside.OnlyThere.class)
@interface Inside {
    /** The configuration parameter by which {@link Engine} is told. */
    String PARAMETER = "lintel.inside";

    /** Runs a class only where {@link Engine} does. */
    final class OnlyThere implements ExecutionCondition {
        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getConfigurationParameter(PARAMETER).isPresent()
                    ? ConditionEvaluationResult.enabled("run by another test")
                    : ConditionEvaluationResult.disabled("only run by another test");
        }
    }
}
