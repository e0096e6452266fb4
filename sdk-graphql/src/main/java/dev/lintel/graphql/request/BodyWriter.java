package dev.lintel.graphql.request;

import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.Upload;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the body of an operation in the one media type that the graph speaks with it. */
final class BodyWriter {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String OCTETS = "application/octet-stream";

    private final Body body;
    private final String mediaType;
    private final MultipartBody parts;

    BodyWriter(Body body, MultipartBody parts) {
        this.body = body;
        this.mediaType = concrete(body.mediaType());
        this.parts = parts;
    }

    /** A range of types is spoken by its simplest type. */
    private static String concrete(String said) {
        String plain = MediaType.plain(said);
        if (!plain.contains("*")) {
            return said;
        }
        if (MediaType.json(plain)) {
            return "application/json";
        }
        return plain.equals("text/*") ? "text/plain" : OCTETS;
    }

    /** The content, null for none. The value is as the service has it; nothing is said where it was not given. */
    @Nullable
    Content write(@Nullable Object value, boolean given) {
        boolean json = MediaType.json(mediaType);
        if (!given || value == null && !(json && body.use().nullable())) {
            if (body.required()) {
                throw new BadArgumentException("", "must be given");
            }
            return null;
        }
        if (json || value == null) {
            return new Content.Bytes(mediaType, json(value));
        }
        String plain = MediaType.plain(mediaType);
        if (plain.equals(FORM)) {
            return new Content.Bytes(mediaType, form(object(value)).getBytes(StandardCharsets.US_ASCII));
        }
        if (plain.startsWith("multipart/")) {
            return parts.write(plain, object(value));
        }
        return body.use().shape() instanceof Shape.Single single && single.kind() == Kind.BYTES
                ? file(value)
                : text(Texts.of(value));
    }

    static byte[] json(@Nullable Object value) {
        try {
            return Json.write(value);
        } catch (BadArgumentException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            // Its message is about types; which field it was is not known there.
            throw new BadArgumentException("", "cannot be written as JSON");
        }
    }

    private static Map<?, ?> object(Object value) {
        if (value instanceof Map<?, ?> map) {
            return map;
        }
        throw new BadArgumentException("", "is sent as a form, and must be an object");
    }

    private String form(Map<?, ?> value) {
        StringBuilder form = new StringBuilder();
        value.forEach((key, item) -> {
            if (item != null) {
                for (Expansion.Pair pair : pairs(String.valueOf(key), item)) {
                    form.append(form.isEmpty() ? "" : "&")
                            .append(pair.name())
                            .append('=')
                            .append(pair.value());
                }
            }
        });
        return form.toString();
    }

    private List<Expansion.Pair> pairs(String name, Object value) {
        var encoding = body.encodings().get(name);
        try {
            if (encoding != null && !encoding.style().isEmpty()) {
                return Expansion.ofQuery(encoding.style(), encoding.explode(), encoding.allowReserved())
                        .pairs(name, value);
            }
            boolean whole = value instanceof Map<?, ?> || encoding != null && MediaType.json(encoding.mediaType());
            return whole
                    ? List.of(new Expansion.Pair(
                            Escape.all(name), Escape.all(new String(json(value), StandardCharsets.UTF_8))))
                    : new Expansion("form", true, Escape::all).pairs(name, value);
        } catch (BadArgumentException e) {
            throw e.within(name);
        }
    }

    private Content file(Object value) {
        if (value instanceof Upload upload) {
            boolean said = mediaType.equals(OCTETS) && !upload.mediaType().isEmpty();
            return new Content.Stream(said ? checked(upload.mediaType()) : mediaType, upload.length(), upload.source());
        }
        return new Content.Bytes(mediaType, bytes(value));
    }

    /** Bytes as the scalar has them: base64 text. */
    static byte[] bytes(Object value) {
        try {
            return Base64.getDecoder().decode(Texts.of(value));
        } catch (BadArgumentException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            throw new BadArgumentException("", "is no base64");
        }
    }

    /** A media type that a client says: two tokens, no parameters. */
    static String checked(String said) {
        String plain = MediaType.plain(said);
        int slash = plain.indexOf('/');
        boolean fine = slash > 0
                && slash < plain.length() - 1
                && plain.chars().allMatch(c -> Escape.unreserved(c) || c == '+' || c == '/')
                && plain.indexOf('/', slash + 1) < 0;
        if (!fine) {
            throw new BadArgumentException("", "is a file of no known type");
        }
        return plain;
    }

    private Content text(String text) {
        boolean bare = mediaType.toLowerCase(Locale.ROOT).startsWith("text/") && mediaType.indexOf(';') < 0;
        String type = bare ? mediaType + "; charset=utf-8" : mediaType;
        return new Content.Bytes(type, text.getBytes(StandardCharsets.UTF_8));
    }
}
