package dev.lintel.graphql.request;

import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A path with places for parameters. No value leaves the segment in which it stands, however often it is decoded. */
final class PathForm {
    private static final String KEPT = "/?:@!$&'()*+,;=";

    /** A segment, without the slash before it: texts, and parameters between them. */
    private record Segment(List<Object> parts, boolean open) {}

    private final List<Segment> segments = new ArrayList<>();
    private final Segment query;

    /** What stands behind a question mark goes into the query, what stands behind {@code #} is not sent. */
    PathForm(Operation operation) {
        Map<String, Parameter> parameters = new TreeMap<>();
        for (Parameter parameter : operation.parameters()) {
            if (parameter.place() == Parameter.Place.PATH) {
                parameters.put(parameter.name(), parameter);
            }
        }
        String path = operation.path();
        int hash = path.indexOf('#');
        path = hash < 0 ? path : path.substring(0, hash);
        int question = path.indexOf('?');
        query = segment(question < 0 ? "" : path.substring(question + 1), parameters);
        path = question < 0 ? path : path.substring(0, question);
        for (String segment : (path.startsWith("/") ? path.substring(1) : path).split("/", -1)) {
            segments.add(segment(segment, parameters));
        }
    }

    private static Segment segment(String text, Map<String, Parameter> parameters) {
        List<Object> parts = new ArrayList<>();
        boolean open = false;
        int at = 0;
        while (at < text.length()) {
            int begin = text.indexOf('{', at);
            int end = begin < 0 ? -1 : text.indexOf('}', begin);
            Parameter parameter = end < 0 ? null : parameters.get(text.substring(begin + 1, end));
            int until = end < 0 ? text.length() : parameter == null ? end + 1 : begin;
            if (until > at) {
                parts.add(literal(text.substring(at, until), KEPT));
            }
            if (parameter != null) {
                parts.add(parameter);
                open = true;
                until = end + 1;
            }
            at = until;
        }
        return new Segment(parts, open);
    }

    /** As the document says it, with what it has encoded left so. */
    private static String literal(String text, String kept) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (Escape.escaped(text, i)) {
                out.append(text, i, i + 3);
                i += 2;
            } else {
                int c = text.codePointAt(i);
                out.append(Escape.but(Character.toString(c), kept));
                i += Character.charCount(c) - 1;
            }
        }
        return out.toString();
    }

    /** What the path itself says in its query, may be empty. */
    String query(Map<String, @Nullable Object> values, Map<String, String> arguments) {
        StringBuilder text = new StringBuilder();
        for (Object part : query.parts()) {
            text.append(
                    part instanceof Parameter parameter
                            ? expanded(
                                    parameter,
                                    values.get(parameter.name()),
                                    String.valueOf(arguments.get(parameter.name())))
                            : part);
        }
        return text.toString();
    }

    /**
     * The path.
     *
     * @param values by names of parameters, as the service has them
     * @param arguments names of arguments by names of parameters, for messages
     */
    String path(Map<String, @Nullable Object> values, Map<String, String> arguments) {
        StringBuilder path = new StringBuilder(64);
        for (Segment segment : segments) {
            int start = path.append('/').length();
            String last = "";
            for (Object part : segment.parts()) {
                if (part instanceof Parameter parameter) {
                    last = String.valueOf(arguments.get(parameter.name()));
                    path.append(expanded(parameter, values.get(parameter.name()), last));
                } else {
                    path.append(part);
                }
            }
            if (segment.open() && leaves(path.substring(start))) {
                throw new BadArgumentException(last, "would lead out of its place in the path");
            }
        }
        return path.toString();
    }

    private static String expanded(Parameter parameter, @Nullable Object value, String argument) {
        if (value == null) {
            throw new BadArgumentException(argument, "stands in the path, and must not be null");
        }
        try {
            String text = parameter.style().equals("content")
                    ? Escape.all(new String(BodyWriter.json(value), StandardCharsets.UTF_8))
                    : new Expansion(parameter.style(), parameter.explode(), Escape::all).text(parameter.name(), value);
            if (text == null || text.isEmpty()) {
                throw new BadArgumentException("", "stands in the path, and must not be empty");
            }
            return text;
        } catch (BadArgumentException e) {
            throw e.within(argument);
        }
    }

    /**
     * Whether a service that decodes too much, takes a backslash for a slash or cuts off what follows a semicolon would
     * see a segment of dots, or a character that ends texts.
     */
    static boolean leaves(String encoded) {
        String text = encoded;
        while (true) {
            int start = 0;
            for (int i = 0; i <= text.length(); i++) {
                char c = i == text.length() ? '/' : text.charAt(i);
                if (c < ' ' || c == 127) {
                    return true;
                }
                if (c == '/' || c == '\\') {
                    if (dots(text.substring(start, i))) {
                        return true;
                    }
                    start = i + 1;
                }
            }
            String decoded = Escape.decode(text);
            if (decoded.equals(text)) {
                return false;
            }
            text = decoded;
        }
    }

    private static boolean dots(String segment) {
        int end = segment.indexOf(';');
        String name = (end < 0 ? segment : segment.substring(0, end)).strip().toLowerCase(Locale.ROOT);
        return name.equals(".") || name.equals("..");
    }
}
