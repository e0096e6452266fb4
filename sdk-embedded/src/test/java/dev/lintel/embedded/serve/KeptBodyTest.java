package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpContent;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A client that sends a body byte by byte does not make a gateway keep a buffer for each of them. */
class KeptBodyTest {
    private static String text(Iterable<HttpContent> parts) {
        StringBuilder text = new StringBuilder();
        parts.forEach(part -> text.append(part.content().toString(StandardCharsets.US_ASCII)));
        return text.toString();
    }

    @Test
    void smallPartsArePutTogetherAndWhatTheyCameInIsGivenBack() {
        KeptBody kept = new KeptBody();
        List<ByteBuf> received = new ArrayList<>();
        StringBuilder sent = new StringBuilder();
        for (int i = 0; i < 10_000; i++) {
            ByteBuf large = Unpooled.buffer(2048).writeByte('a' + i % 26);
            received.add(large);
            sent.append((char) ('a' + i % 26));
            kept.add(new DefaultHttpContent(large));
        }
        ByteBuf long1 = Unpooled.copiedBuffer("L".repeat(5000), StandardCharsets.US_ASCII);
        kept.add(new DefaultHttpContent(long1));
        kept.add(new DefaultHttpContent(Unpooled.copiedBuffer("s", StandardCharsets.US_ASCII)));
        kept.add(new DefaultLastHttpContent(Unpooled.copiedBuffer("end", StandardCharsets.US_ASCII)));
        sent.append("L".repeat(5000)).append("send");

        assertThat(kept.pieces()).isEqualTo(4);
        assertThat(received).allMatch(one -> one.refCnt() == 0);
        assertThat(StandardCharsets.US_ASCII.decode(kept.beginning(3)).toString())
                .isEqualTo("abc");
        assertThat(kept.beginning(1 << 20).remaining()).isEqualTo(sent.length());
        Deque<HttpContent> back = new ArrayDeque<>();
        kept.giveBack(back::addFirst);
        assertThat(text(back)).isEqualTo(sent.toString());
        assertThat(kept.isEmpty()).isTrue();
        back.forEach(HttpContent::release);
    }

    @Test
    void whatIsKeptIsReleased() {
        KeptBody kept = new KeptBody();
        ByteBuf large = Unpooled.buffer(5000).writeZero(5000);
        kept.add(new DefaultHttpContent(large));

        kept.release();

        assertThat(large.refCnt()).isZero();
        assertThat(kept.isEmpty()).isTrue();
    }
}
