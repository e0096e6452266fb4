package dev.lintel.graphql.request;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Encoding;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Property;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.Upload;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Forms of parts, RFC 7578. Files are read while they are sent; all else is there before. */
final class MultipartBody {
    private static final String OCTETS = "application/octet-stream";

    private final Map<String, Encoding> encodings;
    private final Set<String> files = new TreeSet<>();
    private final Supplier<String> boundaries;

    /**
     * The writer of a body.
     *
     * @param boundaries gives what stands between parts, anew for each body: nobody may know it before
     */
    MultipartBody(Body body, ApiModel model, Supplier<String> boundaries) {
        this.encodings = body.encodings();
        this.boundaries = boundaries;
        if (body.use().shape() instanceof Shape.Named named) {
            for (String id : model.objects(named.id(), Property.Direction.IN)) {
                for (Property property : ((Definition.Fields) model.definition(id)).properties()) {
                    if (file(property.use())) {
                        boolean unusedNews = files.add(property.name());
                    }
                }
            }
        }
    }

    private static boolean file(Use use) {
        return use.shape() instanceof Shape.Items items
                ? file(items.of())
                : use.shape() instanceof Shape.Single single && single.kind() == Kind.BYTES;
    }

    Content write(String mediaType, Map<?, ?> value) {
        String boundary = boundaries.get();
        Parts parts = new Parts(boundary);
        value.forEach((key, item) -> {
            String name = String.valueOf(key);
            try {
                if (item != null) {
                    add(parts, name, item);
                }
            } catch (BadArgumentException e) {
                throw e.within(name);
            }
        });
        return parts.content(mediaType + "; boundary=" + boundary);
    }

    private void add(Parts parts, String name, Object value) {
        Encoding encoding = encodings.getOrDefault(name, Encoding.DEFAULT);
        if (files.contains(name) || value instanceof Upload) {
            for (Object item : value instanceof List<?> many ? many : List.of(value)) {
                file(parts, name, item, encoding.mediaType());
            }
        } else if (!encoding.style().isEmpty()) {
            new Expansion(encoding.style(), encoding.explode(), text -> text)
                    .pairs(name, value)
                    .forEach(pair -> parts.part(name(pair.name()), "", encoding.mediaType(), bytes(pair.value())));
        } else {
            boolean whole = MediaType.json(encoding.mediaType());
            for (Object item : value instanceof List<?> many && !whole ? many : List.of(value)) {
                if (item != null) {
                    boolean json = whole || item instanceof Map<?, ?> || item instanceof List<?>;
                    String type = encoding.mediaType().isEmpty() && json ? "application/json" : encoding.mediaType();
                    parts.part(name, "", type, json ? BodyWriter.json(item) : bytes(Texts.of(item)));
                }
            }
        }
    }

    /** Names of pairs are encoded for queries; here they are quoted instead. */
    private static String name(String encoded) {
        byte[] raw = Escape.decode(encoded).getBytes(StandardCharsets.ISO_8859_1);
        return new String(raw, StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static void file(Parts parts, String name, @Nullable Object value, String allowed) {
        if (value instanceof Upload upload) {
            String said = upload.mediaType().isEmpty() ? "" : BodyWriter.checked(upload.mediaType());
            String fileName = upload.fileName().isEmpty() ? name : upload.fileName();
            parts.file(name, fileName, type(said, allowed), upload);
        } else if (value != null) {
            parts.part(name, name, type("", allowed), BodyWriter.bytes(value));
        }
    }

    /** What the client says if the document allows it, else what the document says first. */
    private static String type(String said, String allowed) {
        List<String> types = Arrays.stream(allowed.split(","))
                .map(MediaType::plain)
                .filter(type -> !type.isEmpty())
                .toList();
        boolean fits = types.isEmpty()
                || types.stream()
                        .anyMatch(type -> type.equals(said)
                                || type.equals("*/*")
                                || type.endsWith("/*") && said.startsWith(type.substring(0, type.length() - 1)));
        if (!said.isEmpty() && fits) {
            return said;
        }
        return types.isEmpty() || types.get(0).contains("*") ? OCTETS : types.get(0);
    }

    /** Bytes and files one after the other. */
    private static final class Parts {
        private final String boundary;
        private final List<Joined.Piece> pieces = new ArrayList<>();
        private ByteArrayOutputStream open = new ByteArrayOutputStream();
        private boolean streamed;

        Parts(String boundary) {
            this.boundary = boundary;
        }

        void part(String name, String fileName, String mediaType, byte[] bytes) {
            head(name, fileName, mediaType);
            open.writeBytes(bytes);
            text("\r\n");
        }

        void file(String name, String fileName, String mediaType, Upload upload) {
            head(name, fileName, mediaType);
            close();
            pieces.add(new Joined.Piece(upload.length(), upload.source()));
            streamed = true;
            text("\r\n");
        }

        private void head(String name, String fileName, String mediaType) {
            text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + quoted(name) + "\"");
            text(fileName.isEmpty() ? "" : "; filename=\"" + quoted(fileName) + "\"");
            text(mediaType.isEmpty() ? "\r\n\r\n" : "\r\nContent-Type: " + mediaType + "\r\n\r\n");
        }

        /** As browsers do. */
        private static String quoted(String text) {
            return text.replace("\"", "%22").replace("\r", "%0D").replace("\n", "%0A");
        }

        private void text(String text) {
            open.writeBytes(bytes(text));
        }

        private void close() {
            byte[] bytes = open.toByteArray();
            pieces.add(new Joined.Piece(bytes.length, () -> new ByteArrayInputStream(bytes)));
            open = new ByteArrayOutputStream();
        }

        Content content(String mediaType) {
            text("--" + boundary + "--\r\n");
            if (!streamed) {
                return new Content.Bytes(mediaType, open.toByteArray());
            }
            close();
            boolean known = pieces.stream().allMatch(piece -> piece.length() >= 0);
            long length =
                    known ? pieces.stream().mapToLong(Joined.Piece::length).sum() : -1;
            List<Joined.Piece> all = List.copyOf(pieces);
            return new Content.Stream(mediaType, length, () -> new Joined(all));
        }
    }
}
