package dev.lintel.core.form;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A place in a document, as in {@code policies[1].shares[0].weight}, where problems are reported. */
final class Place {
    private static final int PROBLEMS = 100;
    private static final int CLIP = 100;
    private static final int MESSAGE = 2000;

    private final String file;
    private final List<Problem> problems;
    private final @Nullable Place parent;
    private final String step;

    private Place(String file, List<Problem> problems, @Nullable Place parent, String step) {
        this.file = file;
        this.problems = problems;
        this.parent = parent;
        this.step = step;
    }

    /** The whole document; at most 100 problems are kept. */
    static Place root(String file, List<Problem> problems) {
        return new Place(file, problems, null, "");
    }

    Place field(String name) {
        return new Place(file, problems, this, name);
    }

    Place item(int index) {
        return new Place(file, problems, this, "[" + index + "]");
    }

    Origin origin(int line) {
        return Origin.at(file, line);
    }

    void problem(String code, int line, String message, String hint) {
        if (problems.size() < PROBLEMS) {
            String path = toString();
            problems.add(new Problem(
                    code,
                    path.isEmpty() ? "document" : path,
                    clip(message, MESSAGE),
                    clip(hint, MESSAGE),
                    origin(line)));
        }
    }

    /** A scalar that could not be read at all has been reported already, and is no node here. */
    void wrongType(Node node, String wanted, String hint) {
        JsonNode scalar = node instanceof Node.Scalar value ? value.tree() : null;
        if (scalar != null && scalar.isMissingNode()) {
            return;
        }
        if (scalar != null && scalar.isNull()) {
            problem(
                    "form.type",
                    node.line(),
                    "must be " + wanted + ", but is empty",
                    "give it, or leave the field out");
        } else {
            problem("form.type", node.line(), "must be " + wanted + ", but was " + node.describe(), hint);
        }
    }

    /** Documents may hold very long names; messages should not. */
    static String clip(String text) {
        return clip(text, CLIP);
    }

    private static String clip(String text, int limit) {
        return text.length() <= limit ? text : text.substring(0, limit) + "…";
    }

    @Override
    public String toString() {
        String before = parent == null ? "" : parent.toString();
        String name = clip(step);
        return before.isEmpty() || name.startsWith("[") ? before + name : before + "." + name;
    }
}
