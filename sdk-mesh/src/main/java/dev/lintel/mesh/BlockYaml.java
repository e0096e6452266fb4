package dev.lintel.mesh;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads YAML of the shape that {@link YamlWriter} writes, many times faster than a library for all of YAML: block maps and
 * lists indented by two, texts of one line that are plain or in double quotes, whole numbers, booleans. It understands all
 * of a text or nothing: whatever has another shape, or could be a mistake, is left to the library, so that there is one
 * judge of what is YAML.
 */
final class BlockYaml {
    /** Longer texts are left to the library, which has limits for single documents; in characters. */
    private static final int LONGEST = 3_000_000;

    private static final String SEPARATOR = "---\n";
    private static final int DEEPEST = 40;
    private static final int MOST = 1_000_000;
    /** So many digits are an int in every case. */
    private static final int DIGITS = 9;

    private final String text;
    private int at;
    private int values;

    private BlockYaml(String text) {
        this.text = text;
    }

    /** The text has another shape. */
    private static final class OtherShape extends RuntimeException {
        private static final long serialVersionUID = 1;

        OtherShape() {
            super(null, null, false, false);
        }
    }

    /**
     * Reads documents, each of them a map that is not empty.
     *
     * @return empty if the text has another shape
     */
    static Optional<List<Map<String, Object>>> read(String text) {
        if (text.length() > LONGEST || !text.endsWith("\n")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new BlockYaml(text).documents());
        } catch (OtherShape e) {
            return Optional.empty();
        }
    }

    private List<Map<String, Object>> documents() {
        List<Map<String, Object>> documents = new ArrayList<>();
        comments();
        at += text.startsWith(SEPARATOR, at) ? SEPARATOR.length() : 0;
        do {
            comments();
            require(at < text.length());
            documents.add(map(0, 1));
        } while (skip(SEPARATOR));
        require(at == text.length());
        return documents;
    }

    /** Lines that are comments, where a document begins and nowhere else. */
    private void comments() {
        while (text.startsWith("# ", at)) {
            for (; text.charAt(at) != '\n'; at++) {
                require(YamlScalars.isVisible(text.charAt(at)));
            }
            at++;
        }
    }

    /** The entries of a map; the reader stands before the first key. */
    private Map<String, Object> map(int indent, int depth) {
        count(depth);
        Map<String, Object> map = new LinkedHashMap<>();
        do {
            String key = key();
            require(map.put(key, value(indent, depth + 1)) == null);
        } while (isIndented(indent) && !text.startsWith("- ", at + indent) && !isEndOfDocument() && skip(indent));
        return map;
    }

    /** A key and its colon. */
    private String key() {
        int begin = at;
        String key;
        if (text.charAt(at) == '"') {
            key = quoted();
            require(text.charAt(at) == ':');
        } else {
            at = endOfKey();
            require(at > 0);
            key = text.substring(begin, at);
            require(YamlScalars.isPlain(key));
        }
        // The library refuses longer ones, and readers of anybody's objects merge keys, quoted or not.
        require(at - begin <= YamlWriter.SIMPLE_KEY && !key.equals("<<"));
        at++;
        return key;
    }

    /** The place of the colon after a plain key on this line; -1 if there is none. */
    private int endOfKey() {
        for (int i = at; text.charAt(i) != '\n'; i++) {
            if (text.charAt(i) == ':' && (text.charAt(i + 1) == ' ' || text.charAt(i + 1) == '\n')) {
                return i;
            }
        }
        return -1;
    }

    /** What stands behind the colon of a key, or below it. */
    private Object value(int indent, int depth) {
        if (skip(" ")) {
            return scalar(depth);
        }
        require(skip("\n") && isIndented(indent));
        if (text.startsWith("- ", at + indent)) {
            at += indent;
            return list(indent, depth);
        }
        require(isIndented(indent + 2));
        at += indent + 2;
        return map(indent + 2, depth);
    }

    /** The items of a list; the reader stands before the first dash. */
    private List<Object> list(int indent, int depth) {
        count(depth);
        List<Object> list = new ArrayList<>();
        do {
            at += 2;
            list.add(item(indent + 2, depth + 1));
        } while (isIndented(indent) && text.startsWith("- ", at + indent) && skip(indent));
        return list;
    }

    private Object item(int indent, int depth) {
        if (text.startsWith("- ", at)) {
            return list(indent, depth);
        }
        int begin = at;
        boolean named;
        if (text.charAt(at) == '"') {
            String unused = quoted();
            named = text.charAt(at) == ':';
            at = begin;
        } else {
            named = endOfKey() > 0;
        }
        return named ? map(indent, depth) : scalar(depth);
    }

    /** What stands on the rest of the line. */
    private Object scalar(int depth) {
        count(depth);
        if (text.charAt(at) == '"') {
            String quoted = quoted();
            require(skip("\n"));
            return quoted;
        }
        int end = text.indexOf('\n', at);
        String plain = text.substring(at, end);
        at = end + 1;
        if (YamlScalars.isPlain(plain)) {
            return plain;
        }
        return switch (plain) {
            case "true" -> true;
            case "false" -> false;
            case "[]" -> new ArrayList<>();
            case "{}" -> new LinkedHashMap<>();
            default -> number(plain);
        };
    }

    private static Integer number(String plain) {
        require(!plain.isEmpty() && plain.length() <= DIGITS && (plain.charAt(0) != '0' || plain.length() == 1));
        require(plain.chars().allMatch(c -> c >= '0' && c <= '9'));
        return Integer.valueOf(plain);
    }

    /** A text in double quotes on one line; the reader stands behind it then. */
    private String quoted() {
        StringBuilder quoted = new StringBuilder();
        for (at++; text.charAt(at) != '"'; at++) {
            char c = text.charAt(at);
            require(YamlScalars.isVisible(c));
            if (c == '\\') {
                at++;
                c = escaped(text.charAt(at));
            }
            quoted.append(c);
        }
        at++;
        return quoted.toString();
    }

    private static char escaped(char sign) {
        return switch (sign) {
            case '"', '\\' -> sign;
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw new OtherShape();
        };
    }

    /** Whether the next line has at least this many spaces before its first sign. */
    private boolean isIndented(int indent) {
        for (int i = at; i < at + indent; i++) {
            if (i >= text.length() || text.charAt(i) != ' ') {
                return false;
            }
        }
        return true;
    }

    private boolean isEndOfDocument() {
        return at == text.length() || text.startsWith(SEPARATOR, at);
    }

    private boolean skip(int signs) {
        at += signs;
        return true;
    }

    private boolean skip(String signs) {
        boolean there = text.startsWith(signs, at);
        at += there ? signs.length() : 0;
        return there;
    }

    private void count(int depth) {
        values++;
        require(values <= MOST && depth <= DEEPEST);
    }

    private static void require(boolean holds) {
        if (!holds) {
            throw new OtherShape();
        }
    }
}
