package dev.lintel.junit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.testkit.engine.EngineExecutionResults;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Event;
import org.junit.platform.testkit.engine.EventType;

/** JUnit inside a test: runs small classes and tells what came of their tests. */
final class Engine {
    private Engine() {}

    /** One test at a time. */
    static EngineExecutionResults run(Map<String, String> configuration, Class<?>... types) {
        return EngineTestKit.engine("junit-jupiter")
                .selectors(Stream.of(types)
                        .map(DiscoverySelectors::selectClass)
                        .toArray(org.junit.platform.engine.DiscoverySelector[]::new))
                .configurationParameters(configuration)
                .configurationParameter(Inside.PARAMETER, "true")
                .execute();
    }

    static EngineExecutionResults run(Class<?> type) {
        return run(Map.of(), type);
    }

    static EngineExecutionResults inRandomOrder(long seed, Class<?> type) {
        return run(
                Map.of(
                        "junit.jupiter.testmethod.order.default",
                        "org.junit.jupiter.api.MethodOrderer$Random",
                        "junit.jupiter.testclass.order.default",
                        "org.junit.jupiter.api.ClassOrderer$Random",
                        "junit.jupiter.execution.order.random.seed",
                        Long.toString(seed)),
                type);
    }

    /** All at the same time, on eight threads. */
    static EngineExecutionResults inParallel(Class<?>... types) {
        return run(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.mode.classes.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                types);
    }

    /** What went wrong, of tests and classes. */
    static List<Throwable> failures(EngineExecutionResults results) {
        return results.allEvents()
                .filter(event -> event.getType() == EventType.FINISHED)
                .map(event -> event.getRequiredPayload(TestExecutionResult.class))
                .flatMap(result -> result.getThrowable().stream())
                .toList();
    }

    /** What was reported under the fixture's name. */
    static List<String> reports(EngineExecutionResults results) {
        return results.allEvents()
                .filter(event -> event.getType() == EventType.REPORTING_ENTRY_PUBLISHED)
                .map(Engine::entry)
                .filter(Objects::nonNull)
                .toList();
    }

    private static String entry(Event event) {
        return event.getRequiredPayload(org.junit.platform.engine.reporting.ReportEntry.class)
                .getKeyValuePairs()
                .get(Failures.ENTRY);
    }
}
