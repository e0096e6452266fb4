package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import graphql.schema.CoercingSerializeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * From values of services to values of the answer, GraphQL's specification, 6.4.3. What does not fit becomes null with an
 * error at its place; what its null means for the objects around it is seen when the answer is written.
 */
final class Completion {
    /** Values of one answer: aliases can make much of one answer of a service. */
    static final int MOST = 1_000_000;

    private final Map<String, Object> variables;
    private final Verdicts verdicts;
    private final Faults faults;
    private final Path path;
    private final List<Job> found = new ArrayList<>();
    private int values;

    Completion(Map<String, Object> variables, Verdicts verdicts, Faults faults, Path path) {
        this.variables = variables;
        this.verdicts = verdicts;
        this.faults = faults;
        this.path = path;
    }

    /** Calls that the values completed so far need, and forgets them. */
    List<Job> jobs() {
        List<Job> jobs = List.copyOf(found);
        found.clear();
        return jobs;
    }

    boolean shown(Pick pick) {
        List<List<Plan.Condition>> ways = pick.shown();
        if (ways == null) {
            return true;
        }
        for (List<Plan.Condition> conditions : ways) {
            boolean all = true;
            for (Plan.Condition condition : conditions) {
                all &= condition.holds(variables);
            }
            if (all) {
                return true;
            }
        }
        return false;
    }

    /** The value of a field; null where there is an error. */
    @Nullable
    Object field(Pick pick, @Nullable Object value, @Nullable Origin origin) {
        return value(pick.out(), pick.needed(), value, pick, origin);
    }

    private @Nullable Object value(
            Out out, boolean needed, @Nullable Object value, Pick pick, @Nullable Origin origin) {
        if (value == null) {
            if (needed) {
                faults.add(Code.NULL_VALUE, "the service answered no value where one is always expected", pick, path);
            }
            return null;
        }
        values++;
        if (values > MOST) {
            faults.add(Code.LIMIT_EXCEEDED, "the answer has more than " + MOST + " values", pick, path);
            return null;
        }
        if (out instanceof Out.Leaf leaf) {
            return leaf(leaf, value, pick);
        } else if (out instanceof Out.One one && value instanceof Map<?, ?> map) {
            return object(one.chosen(), map, origin);
        } else if (out instanceof Out.Items items && value instanceof List<?> list) {
            return list(items, list, pick);
        } else if (out instanceof Out.Several several && value instanceof Map<?, ?> map) {
            String id = several.variant().of(map);
            Chosen chosen = id == null ? null : several.chosen().get(id);
            if (chosen != null) {
                return object(chosen, map, origin);
            }
        } else if (out instanceof Out.Choice choice && value instanceof String text) {
            String name = choice.names().get(text);
            if (name != null) {
                return name;
            }
            faults.add(Code.WRONG_TYPE, "the service answered a value that its document does not list", pick, path);
            return null;
        } else if (out instanceof Out.Entries entries && value instanceof Map<?, ?> map) {
            return entries(entries.entry(), map);
        } else if (out instanceof Out.Json) {
            return value;
        }
        faults.add(
                Code.WRONG_TYPE,
                "the service answered " + word(value) + " where its document has another type",
                pick,
                path);
        return null;
    }

    private @Nullable Object leaf(Out.Leaf leaf, Object value, Pick pick) {
        try {
            return Leaves.value(leaf, value);
        } catch (CoercingSerializeException e) {
            faults.add(
                    Code.WRONG_TYPE,
                    "the service answered " + word(value) + " that is no " + leaf.scalar(),
                    pick,
                    path);
            return null;
        }
    }

    private List<@Nullable Object> list(Out.Items items, List<?> list, Pick pick) {
        List<@Nullable Object> made = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            path.push(i);
            made.add(value(items.of(), items.needed(), list.get(i), pick, null));
            path.pop();
        }
        return made;
    }

    private List<@Nullable Object> entries(Chosen entry, Map<?, ?> map) {
        List<@Nullable Object> made = new ArrayList<>(map.size());
        int i = 0;
        for (Map.Entry<?, ?> each : map.entrySet()) {
            Map<String, @Nullable Object> plain = new LinkedHashMap<>();
            plain.put("key", each.getKey());
            plain.put("value", each.getValue());
            path.push(i++);
            made.add(object(entry, plain, null));
            path.pop();
        }
        return made;
    }

    /** An object of the answer: the calls that it needs are noted, and set later. */
    Made object(Chosen chosen, Map<?, ?> value, @Nullable Origin origin) {
        List<Pick> picks = chosen.picks();
        Made made = new Made(chosen, new Object[picks.size()]);
        for (int i = 0; i < picks.size(); i++) {
            Pick pick = picks.get(i);
            if (!shown(pick)) {
                made.values()[i] = Made.HIDDEN;
                continue;
            }
            path.push(pick.key());
            if (!verdicts.allows(pick)) {
                verdicts.tell(pick, faults, path);
            } else if (pick.source() instanceof Source.Property property) {
                made.values()[i] = field(pick, value.get(property.name()), null);
            } else if (pick.source() instanceof Source.TypeName) {
                made.values()[i] = chosen.type();
            } else if (pick.source() instanceof Source.Call) {
                found.add(new Job(pick, made, i, path.copy(), value, origin));
            }
            path.pop();
        }
        return made;
    }

    private static String word(Object value) {
        if (value instanceof Map<?, ?>) {
            return "an object";
        } else if (value instanceof List<?>) {
            return "a list";
        } else if (value instanceof String) {
            return "a text";
        }
        return value instanceof Boolean ? "a flag" : "a number";
    }
}
