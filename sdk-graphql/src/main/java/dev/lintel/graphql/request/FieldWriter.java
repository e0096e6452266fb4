package dev.lintel.graphql.request;

import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.upstream.Header;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parameters in headers and cookies. What would end a value there is refused: nothing may begin another one. */
final class FieldWriter {
    /** What the connection, the body or the cookies have to themselves. */
    private static final Set<String> TAKEN = Set.of(
            "connection",
            "content-length",
            "content-type",
            "cookie",
            "expect",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade");

    private FieldWriter() {}

    /** A header, none if there is nothing to write. */
    static Optional<Header> header(Parameter parameter, @Nullable Object value) {
        if (TAKEN.contains(parameter.name().toLowerCase(Locale.ROOT))) {
            throw new BadArgumentException("", "is a header that is not sent for clients");
        }
        String text = parameter.style().equals("content") || value == null
                ? escaped(new String(BodyWriter.json(value), StandardCharsets.UTF_8))
                : expanded(parameter, value);
        if (text == null) {
            return Optional.empty();
        }
        if (!text.equals(text.strip()) || !text.chars().allMatch(c -> c >= ' ' && c < 127 || c == '\t')) {
            throw new BadArgumentException("", "has characters that headers have not");
        }
        return Optional.of(new Header(parameter.name(), text));
    }

    private static @Nullable String expanded(Parameter parameter, Object value) {
        String style = parameter.style().endsWith("Delimited") ? parameter.style() : "simple";
        Expansion expansion = new Expansion(style, parameter.explode(), item -> item);
        String text = expansion.text(parameter.name(), value);
        boolean many = value instanceof List<?> || value instanceof Map<?, ?>;
        // Nothing is escaped in headers, so what stands between items would make two of one in which it is.
        if (many
                && text != null
                && text.chars().filter(c -> c == expansion.between()).count() >= parts(parameter, value)) {
            throw new BadArgumentException("", "has an item with a character that divides items in its header");
        }
        return text;
    }

    private static long parts(Parameter parameter, Object value) {
        if (value instanceof Map<?, ?> map) {
            long there = map.values().stream().filter(item -> item != null).count();
            return parameter.explode() ? there : 2 * there;
        }
        return ((List<?>) value).stream().filter(item -> item != null).count();
    }

    /** JSON may say every character in ASCII. */
    private static String escaped(String json) {
        StringBuilder ascii = new StringBuilder();
        json.chars()
                .forEach(c ->
                        ascii.append(c < 127 ? String.valueOf((char) c) : String.format(Locale.ROOT, "\\u%04x", c)));
        return ascii.toString();
    }

    /** Cookies, each {@code name=value}. */
    static List<String> cookies(Parameter parameter, @Nullable Object value) {
        List<Expansion.Pair> pairs = parameter.style().equals("content") || value == null
                ? List.of(new Expansion.Pair(
                        parameter.name(), Escape.all(new String(BodyWriter.json(value), StandardCharsets.UTF_8))))
                : new Expansion(parameter.style(), parameter.explode(), FieldWriter::cookie)
                        .pairs(parameter.name(), value);
        List<String> cookies = new ArrayList<>();
        pairs.forEach(pair -> cookies.add(pair.name() + "=" + pair.value()));
        return cookies;
    }

    private static String cookie(String text) {
        if (!text.chars().allMatch(c -> c >= ' ' && c != ';' && c != 127)) {
            throw new BadArgumentException("", "has characters that cookies have not");
        }
        return Escape.but(text, Escape.OF_COOKIE);
    }
}
