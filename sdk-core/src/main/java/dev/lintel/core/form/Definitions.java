package dev.lintel.core.form;

import dev.lintel.core.Spelling;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The kinds of definitions, and what is said about a kind that is none of them. */
final class Definitions {
    static final List<String> KINDS =
            List.of(DefinitionFormat.KIND, DefinitionFormat.EGRESS, DefinitionFormat.ISOLATION);

    private Definitions() {}

    /** The kind that was probably meant; null if none is near. */
    static @Nullable String near(String kind) {
        return Spelling.near(kind, KINDS).orElse(null);
    }

    /** All of them, for a message. */
    static String kinds() {
        return "'" + DefinitionFormat.KIND + "', '" + DefinitionFormat.EGRESS + "' or '" + DefinitionFormat.ISOLATION
                + "'";
    }

    static String hint(@Nullable String near) {
        return near == null ? "" : "did you mean '" + near + "'?";
    }
}
