package dev.lintel.embedded.egress;

import static dev.lintel.embedded.egress.Hellos.extension;
import static dev.lintel.embedded.egress.Hellos.join;
import static dev.lintel.embedded.egress.Hellos.message;
import static dev.lintel.embedded.egress.Hellos.name;
import static dev.lintel.embedded.egress.Hellos.names;
import static dev.lintel.embedded.egress.Hellos.record;
import static dev.lintel.embedded.egress.Hellos.two;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.embedded.egress.ClientHello.Outcome;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** What is read out of the first bytes of a tunnel. */
class ClientHelloTest {
    private static final String HOST = "api.psp.example";
    private static final byte[] GOOD = Hellos.with(extension(0, names(name(HOST))));

    private static ClientHello read(byte[] bytes) {
        return ClientHello.read(Unpooled.wrappedBuffer(bytes));
    }

    private static Outcome outcome(byte[]... parts) {
        return read(join(parts)).outcome();
    }

    @Test
    void theJdksOwnIsForTheHostThatItNames() {
        ClientHello hello = read(Hellos.jdk(HOST));

        assertThat(hello).isEqualTo(new ClientHello(Outcome.WHOLE, HOST, false));
        assertThat(hello.isFor("API.psp.example")).isTrue();
        assertThat(hello.isFor("psp.example")).isFalse();
        assertThat(read(Hellos.jdk("")).isFor(HOST)).isFalse();
    }

    @Test
    void everyBeginningMayBecomeOne() {
        byte[] whole = Hellos.jdk(HOST);
        for (int i = 0; i < whole.length; i++) {
            assertThat(outcome(Arrays.copyOf(whole, i))).as("%d bytes", i).isEqualTo(Outcome.MORE);
        }
        assertThat(outcome(whole, new byte[] {23, 3, 3})).isEqualTo(Outcome.WHOLE);
    }

    @Test
    void itMayComeInSeveralRecords() {
        byte[] message = Arrays.copyOfRange(GOOD, 5, GOOD.length);
        byte[] split = {};
        for (byte one : message) {
            split = join(split, record(new byte[] {one}));
        }
        assertThat(read(split)).isEqualTo(new ClientHello(Outcome.WHOLE, HOST, false));
    }

    @Test
    void oneThatHidesItsHostIsForNobody() {
        ClientHello hello = read(Hellos.encrypted(HOST));

        assertThat(hello).isEqualTo(new ClientHello(Outcome.WHOLE, HOST, true));
        assertThat(hello.isFor(HOST)).isFalse();
    }

    @Test
    void oneThatNamesTwoHostsIsForNobody() {
        byte[] host = names(name(HOST));
        assertThat(outcome(Hellos.with(extension(0, host), extension(0, host)))).isEqualTo(Outcome.NONE);
        assertThat(read(Hellos.with(extension(0, names(name(HOST), name("evil.example")))))
                        .isFor(HOST))
                .isFalse();
        assertThat(read(Hellos.with(extension(0, join(host, new byte[] {1})))).isFor(HOST))
                .isFalse();
        byte[] otherType = name(HOST);
        otherType[0] = 1;
        assertThat(read(Hellos.with(extension(0, names(otherType)))).isFor(HOST))
                .isFalse();
    }

    @Test
    void whatIsNoClientHelloIsNone() {
        assertThat(outcome("GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII)))
                .isEqualTo(Outcome.NONE);
        assertThat(outcome("SSH-2.0-".getBytes(StandardCharsets.US_ASCII))).isEqualTo(Outcome.NONE);
        assertThat(outcome(new byte[] {(byte) 0x80, 0x2e, 1, 3, 1})).as("SSL 2").isEqualTo(Outcome.NONE);
        assertThat(outcome(new byte[] {22, 2, 0, 0, 1, 1})).as("SSL 2 record").isEqualTo(Outcome.NONE);
        assertThat(outcome(record(new byte[] {2}))).as("a ServerHello").isEqualTo(Outcome.NONE);
        assertThat(outcome(record(new byte[0]))).as("an empty record").isEqualTo(Outcome.NONE);
        assertThat(outcome(new byte[] {22, 3, 1}, two(16_385)))
                .as("a long record")
                .isEqualTo(Outcome.NONE);
        assertThat(outcome(record(new byte[] {1, 0, (byte) 0x80, 0})))
                .as("a long message")
                .isEqualTo(Outcome.NONE);
        assertThat(outcome(record(join(message(new byte[3]), new byte[1]))))
                .as("more in the record")
                .isEqualTo(Outcome.NONE);
    }

    @Test
    void oneThatGrowsForEverIsNone() {
        byte[] begun = record(new byte[] {1, 0, 0x40 - 1, 0});
        byte[] pieces = new byte[0];
        byte[] hundred = new byte[0];
        for (int i = 0; i < 100; i++) {
            hundred = join(hundred, record(new byte[1]));
        }
        for (int i = 0; i < 34; i++) {
            pieces = join(pieces, hundred);
        }
        assertThat(outcome(begun, pieces)).isEqualTo(Outcome.MORE);
        assertThat(outcome(begun, pieces, hundred)).isEqualTo(Outcome.NONE);
    }

    @Test
    void whatIsCutInsideIsNone() {
        byte[] body = Arrays.copyOfRange(GOOD, 9, GOOD.length);
        for (int i = 0; i < body.length; i++) {
            ClientHello hello = read(record(message(Arrays.copyOf(body, i))));
            assertThat(hello.isFor(HOST)).as("%d bytes", i).isFalse();
        }
        assertThat(outcome(record(message(join(body, new byte[1]))))).isEqualTo(Outcome.NONE);
    }

    @Test
    void aChangedByteNeverThrows() {
        SplittableRandom random = new SplittableRandom(7);
        for (int i = 0; i < 20_000; i++) {
            byte[] bytes = Hellos.encrypted(HOST);
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            assertThat(read(bytes).outcome()).isNotNull();
        }
    }
}
