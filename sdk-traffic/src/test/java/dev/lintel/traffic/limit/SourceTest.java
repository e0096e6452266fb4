package dev.lintel.traffic.limit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourceTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 32, c0000201",
        "::ffff:192.0.2.1, 32, c0000201",
        "::ffff:c000:201, 32, c0000201",
        "2001:db8::1, 64, 20010db800000000",
        "2001:DB8:0:0:1:2:3:4, 64, 20010db800000000",
        "2001:db8:1:2::, 64, 20010db800010002",
        "fe80::1%eth0, 64, fe80000000000000",
        "::1, 64, 0",
        "::, 64, 0",
        "64:ff9b::192.0.2.1, 64, 64ff9b00000000",
        "1:2:3:4:5:6:7::, 64, 1000200030004"
    })
    void anAddressIsReadInAllItsForms(String text, int bits, String prefix) {
        assertThat(Source.of(text)).isEqualTo(new Source(bits, Long.parseUnsignedLong(prefix, 16)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "1.2.3",
                "1.2.3.4.5",
                "256.1.1.1",
                "1..2.3",
                "1.2.3.4 ",
                "-1.2.3.4",
                ":",
                ":::",
                "1:2",
                "1::2::3",
                "1:2:3:4:5:6:7:8:9",
                "1:2:3:4:5:6:7:",
                "g::1",
                "12345::",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                "1:2:3:4:5:6:7:1.2.3.4",
                "%",
                ":%1",
                "\u0661.2.3.4"
            })
    void whatIsNoAddressIsNone(String text) {
        assertThat(Source.of(text)).isNull();
    }

    @Test
    void noAddressIsNone() {
        assertThat(Source.of(null)).isNull();
    }
}
