package dev.lintel.kubernetes;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Answers as they come, packed or not: some clients unpack them by themselves. */
final class Packed {
    /** As a header names it. */
    static final String NAME = "gzip";

    /** One page of a list is far from it; what unpacks to more is no answer of an apiserver. */
    static final int MOST = 256 * 1024 * 1024;

    private static final int FIRST = 0x1f;
    private static final int SECOND = 0x8b;

    private Packed() {}

    /**
     * The text of an answer.
     *
     * @param body UTF-8 or that in gzip, whose first two bytes no JSON has; null for none
     * @throws IOException if it is packed and broken, or larger than {@link #MOST} when unpacked
     */
    static String text(byte @Nullable [] body) throws IOException {
        return text(body, MOST);
    }

    static String text(byte @Nullable [] body, int most) throws IOException {
        if (body == null) {
            return "";
        }
        if (body.length < 2 || (body[0] & 0xff) != FIRST || (body[1] & 0xff) != SECOND) {
            return new String(body, StandardCharsets.UTF_8);
        }
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(body), 1 << 13)) {
            byte[] bytes = in.readNBytes(most + 1);
            if (bytes.length > most) {
                throw new IOException("the answer unpacks to more than " + most + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        }
    }
}
