package dev.lintel.auth.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

/** A label of 64 characters is one that no resolver knows, so whoever gets an address has asked none. */
class LocalDnsTest {
    private static final String LABEL = "a".repeat(64);

    private final LocalDns dns = new LocalDns();

    @Test
    void namesBelowLocalhostAreThisMachineAndNoResolverIsAsked() throws Exception {
        assertThat(dns.resolve(LABEL + ".localhost")).containsExactly(InetAddress.getLoopbackAddress());
        assertThat(dns.resolve(LABEL + ".LocalHost")).containsExactly(InetAddress.getLoopbackAddress());
    }

    @Test
    void aNameThatOnlyEndsAlikeIsNotThisMachine() {
        assertThatThrownBy(() -> dns.resolve(LABEL + "localhost")).isInstanceOf(UnknownHostException.class);
    }
}
