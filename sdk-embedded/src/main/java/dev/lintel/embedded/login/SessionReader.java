package dev.lintel.embedded.login;

import dev.lintel.core.Secret;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link SessionCodec} has written, on the way of each request whose cookie was not seen before. */
final class SessionReader {
    private final byte[] bytes;
    private final ByteBuffer in;

    SessionReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.in = ByteBuffer.wrap(bytes).position(from);
    }

    /** Null if that is not what is there, or not all that is there. */
    @Nullable
    Session session() {
        try {
            Session session = new Session(
                    some(),
                    in.getInt(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    in.getLong(),
                    some(),
                    text(),
                    list(),
                    claims(),
                    secret(),
                    secret(),
                    secret());
            return in.hasRemaining() ? null : session;
        } catch (BufferUnderflowException e) {
            return null;
        }
    }

    private Map<String, Object> claims() {
        int size = in.getShort() & 0xFFFF;
        Map<String, Object> claims = new LinkedHashMap<>();
        for (int i = 0; i < size; i++) {
            String name = some();
            switch (in.get()) {
                case 0 -> claims.put(name, some());
                case 1 -> claims.put(name, list());
                case 2 -> claims.put(name, in.get() != 0);
                case 3 -> claims.put(name, in.getLong());
                default -> throw new BufferUnderflowException();
            }
        }
        return claims;
    }

    private List<String> list() {
        int size = in.getShort() & 0xFFFF;
        List<String> texts = new ArrayList<>(Math.min(size, 64));
        for (int i = 0; i < size; i++) {
            texts.add(some());
        }
        return texts;
    }

    private @Nullable Secret secret() {
        String text = text();
        return text == null || text.isEmpty() ? null : Secret.of(text);
    }

    private String some() {
        String text = text();
        if (text == null) {
            throw new BufferUnderflowException();
        }
        return text;
    }

    private @Nullable String text() {
        int length = in.getInt();
        if (length < 0) {
            return null;
        }
        if (length > in.remaining()) {
            throw new BufferUnderflowException();
        }
        String text = new String(bytes, in.position(), length, StandardCharsets.UTF_8);
        in.position(in.position() + length);
        return text;
    }
}
