package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

/** What comes packed, and what only looks so. */
class PackedTest {
    private static final String TEXT = "{\"name\": \"ü\"}";

    @Test
    void theTextIsTheSamePackedOrNot() throws IOException {
        assertThat(Packed.text(TEXT.getBytes(StandardCharsets.UTF_8))).isEqualTo(TEXT);
        assertThat(Packed.text(packed(TEXT))).isEqualTo(TEXT);
        assertThat(Packed.text(null)).isEmpty();
        assertThat(Packed.text(new byte[0])).isEmpty();
    }

    @Test
    void aFewBytesDoNotUnpackWithoutEnd() throws IOException {
        byte[] packed = packed("x".repeat(1_000_000));
        assertThat(packed).hasSizeLessThan(2_000);
        assertThat(Packed.text(packed, 1_000_000)).hasSize(1_000_000);
        assertThatThrownBy(() -> Packed.text(packed, 999_999))
                .isInstanceOf(IOException.class)
                .hasMessage("the answer unpacks to more than 999999 bytes");
    }

    @Test
    void whatIsCutOffIsNoAnswer() throws IOException {
        byte[] packed = packed(TEXT);
        assertThatThrownBy(() -> Packed.text(Arrays.copyOf(packed, packed.length - 9)))
                .isInstanceOf(IOException.class);
    }

    private static byte[] packed(String text) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream out = new GZIPOutputStream(bytes)) {
            out.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
