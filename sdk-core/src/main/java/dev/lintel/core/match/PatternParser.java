package dev.lintel.core.match;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** Reads a path pattern, and says what is wrong with one that cannot be read. */
final class PatternParser {
    private static final Pattern NAME = Pattern.compile("\\{[A-Za-z_][A-Za-z0-9_]*}");
    private static final int LIMIT = 1024;

    private final String text;

    PatternParser(String text) {
        this.text = text;
    }

    PathPattern parse() {
        if (text.length() > LIMIT) {
            throw new IllegalArgumentException(
                    "a path pattern must be at most " + LIMIT + " characters, but was " + text.length());
        }
        if (!text.startsWith("/")) {
            throw wrong("must start with '/'");
        }
        if (text.equals("/")) {
            return new PathPattern(List.of(), false);
        }
        if (text.endsWith("/")) {
            throw wrong("must not end with '/': a trailing slash never changes what a path means");
        }
        String[] parts = text.substring(1).split("/", -1);
        boolean subtree = parts[parts.length - 1].equals("**");
        List<String> segments = new ArrayList<>();
        for (int i = 0; i < parts.length - (subtree ? 1 : 0); i++) {
            segments.add(segment(parts[i]));
        }
        return new PathPattern(segments, subtree);
    }

    private String segment(String part) {
        if (part.isEmpty()) {
            throw wrong("must not have an empty segment ('//')");
        }
        if (part.indexOf('*') >= 0) {
            throw wrong("may have '**' only as its last segment, and '*' nowhere; write '{name}' for one segment");
        }
        if (part.indexOf('{') >= 0 || part.indexOf('}') >= 0) {
            if (!NAME.matcher(part).matches()) {
                throw wrong("may have braces only around a whole segment, as in '/orders/{id}'");
            }
            return part;
        }
        if (part.indexOf(';') >= 0) {
            throw wrong("must not contain ';': back ends disagree about path parameters");
        }
        String path = "/" + utf8(part);
        String normal = PathNormalizer.STRICT.normalize(path);
        if (normal == null) {
            throw wrong("has the segment '" + part + "': " + PathNormalizer.STRICT.refusal(path));
        }
        if (normal.equals("/") || normal.indexOf('/', 1) >= 0) {
            throw wrong("has the segment '" + part + "', which no path in normal form can have");
        }
        return normal.substring(1);
    }

    /** People write {@code /café}; a request line carries its UTF-8 bytes in percent form. */
    private static String utf8(String part) {
        StringBuilder out = new StringBuilder();
        for (byte b : part.getBytes(StandardCharsets.UTF_8)) {
            if (b < 0) {
                out.append('%').append(String.format("%02X", b & 0xff));
            } else {
                out.append((char) b);
            }
        }
        return out.toString();
    }

    private IllegalArgumentException wrong(String why) {
        return new IllegalArgumentException("a path pattern " + why + ", but was '" + text + "'");
    }
}
