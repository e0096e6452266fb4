package dev.lintel.embedded.login;

import dev.lintel.core.Secret;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sessions as few bytes. What is read was sealed here, so that anything unexpected is another format and no session. */
final class SessionCodec {
    private static final int FORMAT = 1;

    private SessionCodec() {}

    static byte[] write(Session session) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
            DataOutputStream out = new DataOutputStream(bytes);
            out.writeByte(FORMAT);
            text(out, session.id());
            out.writeInt(session.generation());
            out.writeLong(session.began());
            out.writeLong(session.ends());
            out.writeLong(session.seen());
            out.writeLong(session.tokenEnds());
            out.writeLong(session.renewAt());
            text(out, session.subject());
            text(out, session.providerSession());
            list(out, session.scopes());
            out.writeShort(session.claims().size());
            for (Map.Entry<String, Object> claim : session.claims().entrySet()) {
                text(out, claim.getKey());
                claim(out, claim.getValue());
            }
            secret(out, session.accessToken());
            secret(out, session.refreshToken());
            secret(out, session.idToken());
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Null if it is of another format. */
    static @Nullable Session read(byte[] bytes) {
        return bytes.length > 0 && bytes[0] == FORMAT ? new SessionReader(bytes, 1).session() : null;
    }

    private static void claim(DataOutputStream out, Object value) throws IOException {
        if (value instanceof List<?> several) {
            out.writeByte(1);
            list(out, several.stream().map(String::valueOf).toList());
        } else if (value instanceof Boolean flag) {
            out.writeByte(2);
            out.writeBoolean(flag);
        } else if (value instanceof Number number) {
            out.writeByte(3);
            out.writeLong(number.longValue());
        } else {
            out.writeByte(0);
            text(out, value.toString());
        }
    }

    private static void list(DataOutputStream out, List<String> texts) throws IOException {
        out.writeShort(texts.size());
        for (String text : texts) {
            text(out, text);
        }
    }

    private static void secret(DataOutputStream out, @Nullable Secret secret) throws IOException {
        text(out, secret == null ? null : secret.reveal());
    }

    private static void text(DataOutputStream out, @Nullable String text) throws IOException {
        if (text == null) {
            out.writeInt(-1);
            return;
        }
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(utf8.length);
        out.write(utf8);
    }
}
