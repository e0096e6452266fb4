package dev.lintel.kubernetes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lines of an answer that comes in pieces. */
class EventLinesTest {
    private final EventLines lines = new EventLines();

    private List<String> take(String piece) {
        return lines.of(List.of(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8))));
    }

    @Test
    void aLineMayComeInPiecesAndAPieceMayHoldSeveral() {
        assertThat(take("{\"a\"")).isEmpty();
        assertThat(take(":1}\n{}\n[")).containsExactly("{\"a\":1}", "{}");
        assertThat(take("]\n")).containsExactly("[]");
    }

    @Test
    void aLineWithoutEndIsNotKept() {
        String much = "x".repeat(1024 * 1024);

        assertThatThrownBy(() -> {
                    for (int i = 0; i < 5; i++) {
                        assertThat(take(much)).isEmpty();
                    }
                })
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("a line is longer than 4194304 bytes");
    }
}
