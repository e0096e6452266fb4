package dev.lintel.graphql.execute;

import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A rule with its operations.
 *
 * @param rule as said
 * @param many what is called instead
 * @param id the argument of the single operation
 * @param ids the argument of the other
 */
record Bulk(BulkRule rule, Target many, String id, String ids) {
    static Bulk of(BulkRule rule, Wiring wiring) {
        Operation single = operation(rule.single(), wiring);
        Operation many = operation(rule.many(), wiring);
        List<Parameter> path = single.parameters().stream()
                .filter(each -> each.place() == Parameter.Place.PATH)
                .toList();
        Parameter parameter = many.parameters().stream()
                .filter(each -> Link.key(each).equals("query." + rule.parameter()))
                .findFirst()
                .orElseThrow(
                        () -> wrong(rule, "'" + rule.many() + "' has no query parameter '" + rule.parameter() + "'"));
        Use one = single.answer().use();
        Use list = many.answer().use();
        if (path.size() != 1 || !(parameter.use().shape() instanceof Shape.Items)) {
            throw wrong(rule, "one path parameter must become one array");
        } else if (one == null
                || list == null
                || !(list.shape() instanceof Shape.Items items)
                || !items.of().shape().equals(one.shape())) {
            throw wrong(rule, "'" + rule.many() + "' must answer a list of what '" + rule.single() + "' answers");
        }
        return new Bulk(
                rule,
                wiring.target(many),
                wiring.names().argument(single, path.get(0)),
                wiring.names().argument(many, parameter));
    }

    private static Operation operation(String key, Wiring wiring) {
        return wiring.model().operations().stream()
                .filter(each -> each.safe() && each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "'" + key + "' is no operation that only reads: say method and path as the document does"));
    }

    private static IllegalArgumentException wrong(BulkRule rule, String reason) {
        return new IllegalArgumentException(
                "things of '" + rule.single() + "' cannot be asked for together: " + reason);
    }

    /** Whether a call asks for nothing else than one thing. */
    boolean fits(Call call) {
        return call.arguments().size() == 1 && call.arguments().get(id) != null;
    }

    Map<String, Object> arguments(List<Call> calls) {
        List<Object> all = new ArrayList<>();
        calls.forEach(call -> all.add(call.arguments().get(id)));
        return Map.of(ids, all);
    }

    /**
     * Gives each call its thing, if the answer can be trusted: nothing that was not asked for, and nothing twice.
     *
     * @return calls that got nothing, and must be made themselves
     */
    List<Call> share(Call.Result result, List<Call> calls) {
        Map<String, Object> things = things(result.value(), calls);
        List<Call> left = new ArrayList<>();
        for (Call call : calls) {
            Object thing = things == null
                    ? null
                    : things.get(String.valueOf(call.arguments().get(id)));
            if (thing == null) {
                left.add(call);
            } else {
                call.result(new Call.Result(thing, result.answer(), null, null));
            }
        }
        return left;
    }

    private @Nullable Map<String, Object> things(@Nullable Object value, List<Call> calls) {
        if (!(value instanceof List<?> list)) {
            return null;
        }
        List<String> asked = calls.stream()
                .map(call -> String.valueOf(call.arguments().get(id)))
                .toList();
        Map<String, Object> things = new LinkedHashMap<>();
        for (Object each : list) {
            String name = each instanceof Map<?, ?> map ? String.valueOf(map.get(rule.property())) : "";
            if (!(each instanceof Map<?, ?>) || !asked.contains(name) || things.put(name, each) != null) {
                return null;
            }
        }
        return things;
    }
}
