package dev.lintel.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Function;

/** Results for programs: one object, its fields always in the same order, lists and texts with limits. */
final class Json {
    /** The form of the results; it changes where a field changes its meaning or goes. */
    static final int VERSION = 1;

    /** So many items of a list are told. */
    static final int MOST = 10_000;

    /** So many characters of a text are told. */
    static final int LONGEST = 100_000;

    private static final DefaultIndenter INDENT = new DefaultIndenter("  ", "\n");
    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter(Separators.createDefaultInstance()
                            .withObjectFieldValueSpacing(Separators.Spacing.AFTER)
                            .withArrayEmptySeparator(""))
                    .withObjectIndenter(INDENT)
                    .withArrayIndenter(INDENT));

    private Json() {}

    /** The fields that every result begins with. */
    static ObjectNode head(String command, int exitCode) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("version", VERSION)
                .put("command", command)
                .put("exitCode", exitCode);
    }

    /** A list; where it is too long its last item says how many are left out. */
    static <T> ArrayNode list(List<T> items, Function<T, ObjectNode> item) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        items.stream().limit(MOST).map(item).forEach(list::add);
        if (items.size() > MOST) {
            list.addObject().put("leftOut", items.size() - MOST);
        }
        return list;
    }

    static ArrayNode problems(List<Problem> problems) {
        return list(
                problems,
                problem -> at(
                        object().put("code", problem.code())
                                .put("path", problem.path())
                                .put("message", clipped(problem.message()))
                                .put("hint", clipped(problem.hint())),
                        problem.origin()));
    }

    /** The same object with the place where something was said, if that is known. */
    static ObjectNode at(ObjectNode tree, Origin origin) {
        String place = origin.toString();
        return place.isEmpty() ? tree : tree.put("at", place);
    }

    static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }

    static String clipped(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    }

    static String text(ObjectNode tree) {
        try {
            return WRITER.writeValueAsString(tree) + "\n";
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
