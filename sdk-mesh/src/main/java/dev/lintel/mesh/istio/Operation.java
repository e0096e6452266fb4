package dev.lintel.mesh.istio;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.match.PathPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Paths and methods of one ALLOW rule.
 *
 * @param paths that are meant
 * @param notPaths that are not, although they match
 * @param methods that are meant
 */
record Operation(List<String> paths, List<String> notPaths, MethodSet methods) {
    static Operation of(PathPattern path, List<PathPattern> carved, MethodSet methods) {
        List<String> not = new ArrayList<>();
        for (PathPattern one : carved) {
            Forms.policy(one).stream().filter(form -> !not.contains(form)).forEach(not::add);
        }
        return new Operation(Forms.policy(path), not, methods);
    }

    /** Whether it is every request. */
    boolean isAll() {
        return paths.equals(Forms.policy(PathPattern.ANY)) && notPaths.isEmpty() && methods.isAll();
    }

    /** Adds an operation to those of one rule; paths that differ in nothing else are written together. */
    static void add(List<Operation> operations, Operation one) {
        for (int i = 0; i < operations.size(); i++) {
            Operation other = operations.get(i);
            if (other.notPaths.equals(one.notPaths) && other.methods.equals(one.methods)) {
                List<String> paths = new ArrayList<>(other.paths);
                one.paths.stream().filter(path -> !paths.contains(path)).forEach(paths::add);
                operations.set(i, new Operation(paths, other.notPaths, other.methods));
                return;
            }
        }
        operations.add(one);
    }

    /** At some hosts; every path is said by none. */
    Map<String, Object> at(List<String> hosts) {
        Map<String, Object> operation = map("hosts", hosts);
        if (tree().get("operation") instanceof Map<?, ?> more) {
            more.forEach((key, value) -> operation.put(String.valueOf(key), value));
        }
        if (paths.containsAll(Forms.policy(PathPattern.ANY))) {
            operation.remove("paths");
        }
        return operation;
    }

    Map<String, Object> tree() {
        Map<String, Object> operation = map(
                "paths",
                paths,
                "notPaths",
                notPaths,
                "methods",
                methods.allBut() ? List.of() : methods.list(),
                "notMethods",
                methods.allBut() ? methods.list() : List.of());
        return map("operation", operation);
    }
}
