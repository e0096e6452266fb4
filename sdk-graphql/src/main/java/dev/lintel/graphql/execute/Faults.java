package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.request.BadArgumentException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Errors of an answer: the first hundred. */
final class Faults {
    private static final int MOST = 100;

    private final List<Fault> all = new ArrayList<>();

    void add(Code code, String message, Pick pick, Path path) {
        if (all.size() < MOST) {
            add(Fault.of(code, message, pick.node().getSourceLocation(), path.copy()));
        }
    }

    void add(UpstreamProblem problem, Pick pick, List<Object> path) {
        add(new Fault(problem.message(), pick.node().getSourceLocation(), path, problem.extensions()));
    }

    void add(BadArgumentException e, Pick pick, List<Object> path) {
        Map<String, Object> extensions = new LinkedHashMap<>();
        extensions.put("code", e.code().name());
        extensions.put("argument", e.argument());
        add(new Fault(String.valueOf(e.getMessage()), pick.node().getSourceLocation(), path, extensions));
    }

    void add(Fault fault) {
        if (all.size() < MOST) {
            all.add(fault);
        }
    }

    List<Fault> all() {
        return all;
    }
}
