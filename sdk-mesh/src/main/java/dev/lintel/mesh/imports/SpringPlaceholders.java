package dev.lintel.mesh.imports;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Puts defaults where a configuration asks its environment: {@code ${NAME:default}}. What the environment says is not
 * known here, so that each is told; {@code ${NAME}} stays as it is, and whoever reads it finds no value.
 */
final class SpringPlaceholders {
    private static final Pattern ASKED = Pattern.compile("\\$\\{([^${}:]{1,200})(:([^${}]*))?\\}");
    private static final int DEEPEST = 8;

    private final String whole;
    private final Consumer<String> problems;

    /**
     * Reads one route, or what is for all of them.
     *
     * @param said everything of it; the names of groups in its expressions are no names of the environment
     * @param problems takes what is not known
     */
    SpringPlaceholders(Object said, Consumer<String> problems) {
        this.whole = String.valueOf(said);
        this.problems = problems;
    }

    Object resolved(Object value) {
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> all = new LinkedHashMap<>();
            map.forEach((key, each) -> all.put(String.valueOf(key), resolved(each)));
            return all;
        }
        if (value instanceof List<?> list) {
            List<Object> all = new ArrayList<>();
            list.forEach(each -> all.add(resolved(each)));
            return all;
        }
        return value instanceof String text ? text(text) : value;
    }

    private String text(String text) {
        String now = text;
        for (int i = 0; i < DEEPEST; i++) {
            String next = once(now);
            if (next.equals(now)) {
                break;
            }
            now = next;
        }
        Matcher left = ASKED.matcher(now);
        while (left.find()) {
            if (!isGroup(left.group(1))) {
                problems.accept("asks the environment for " + left.group() + ", which is not known here");
            }
        }
        return now;
    }

    private String once(String text) {
        Matcher matcher = ASKED.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String said = matcher.group(3);
            if (said != null) {
                problems.accept("takes '" + said + "' for " + matcher.group() + ", unless the environment says else");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(said == null ? matcher.group() : said));
        }
        return matcher.appendTail(out).toString();
    }

    private boolean isGroup(String name) {
        return whole.contains("(?<" + name + ">");
    }
}
