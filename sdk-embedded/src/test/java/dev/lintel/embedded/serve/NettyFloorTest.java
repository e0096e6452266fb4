package dev.lintel.embedded.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NettyFloorTest {
    @Test
    void whatIsOnTheClassPathIsNewEnough() {
        assertThatCode(NettyFloor::check).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "4.1.139.Final, true",
        "4.1.140.Final, true",
        "4.2.19.Final, true",
        "4.2.20.Final, true",
        "4.3.0.Final, true",
        "5.0.0.Alpha1, true",
        "4.1.138.Final, false",
        "4.1.9.Final, false",
        "4.2.18.Final, false",
        "4.2.0.RC1, false",
        "4.0.56.Final, false",
        "3.10.6.Final, false",
        "unknown, false"
    })
    void knowsWhatIsTooOld(String version, boolean good) {
        String old = NettyFloor.tooOld(Map.of("netty-codec-http", version, "netty-resolver-dns", "4.0.0.Final"));

        assertThat(old).isEqualTo(good ? "" : "netty-codec-http " + version);
    }
}
