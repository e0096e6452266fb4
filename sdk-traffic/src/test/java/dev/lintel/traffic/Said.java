package dev.lintel.traffic;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.fluent.Chain;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.policy.EntryVerbs;
import java.util.List;

/** The smallest chain with the verbs of traffic. */
final class Said extends Chain<Said> implements EntryVerbs<Said>, TrafficVerbs<Said> {
    private Said(ApiDefinition said) {
        super(said);
    }

    private Said(ServiceRef service, String namespace) {
        super(service, namespace);
    }

    static Said orders() {
        return new Said(ServiceRef.service("orders"), "shop");
    }

    @Override
    protected Said chain(ApiDefinition said) {
        return new Said(said);
    }

    /** The problems at {@code define()}, each as code, message, hint and line. */
    List<String> problems() {
        try {
            var unused = define();
            return List.of();
        } catch (ProblemsException e) {
            return e.problems().stream().map(Said::words).toList();
        }
    }

    /** What is known before it is applied. */
    List<String> warnings() {
        return new ModelCompiler(Kinds.installed())
                .compile(List.of(define()), new World("localhost")).warnings().stream()
                        .map(Said::words)
                        .toList();
    }

    private static String words(Problem problem) {
        String words = problem.code() + " | " + problem.path() + ": " + problem.message() + " | " + problem.hint();
        return words.replaceAll("\\w+Test\\.java:\\d+", "Test.java");
    }

    ApiModel model() {
        ModelCompiler.Compiled compiled =
                new ModelCompiler(Kinds.installed()).compile(List.of(define()), new World("localhost"));
        assert compiled.problems().isEmpty() : compiled.problems();
        return compiled.model().apis().get(0);
    }
}
