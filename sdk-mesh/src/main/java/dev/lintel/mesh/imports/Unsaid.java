package dev.lintel.mesh.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a definition does not say as it was read, for problems and for comments in its program. */
final class Unsaid {
    private final List<String> problems = new ArrayList<>();
    private final List<String> comments = new ArrayList<>();
    private final Map<String, String> rules = new LinkedHashMap<>();

    /** Something that is left out. */
    void add(String what) {
        problems.add(what + ", which the definition does not say");
        comments.add("Not said here: " + what + ".");
    }

    /** Something that one rule says otherwise, so that some requests are decided otherwise. */
    void add(String endpoint, String what) {
        problems.add(what);
        comment(endpoint, what);
    }

    /** Why the whole is said as it is; a sentence. */
    void comment(String why) {
        comments.add(why);
    }

    /** Why a rule is said as it is. */
    void comment(String endpoint, String why) {
        rules.merge(endpoint, why + ".", (first, more) -> first + " " + more);
    }

    /** What is decided otherwise, or not at all. */
    List<String> problems() {
        return problems;
    }

    /** What is left out, and what is closed, in sentences. */
    List<String> comments() {
        return comments;
    }

    /** What is to be said about the rule for an endpoint; empty if nothing is. */
    String at(@Nullable Object endpoint) {
        return rules.getOrDefault(String.valueOf(endpoint), "");
    }
}
