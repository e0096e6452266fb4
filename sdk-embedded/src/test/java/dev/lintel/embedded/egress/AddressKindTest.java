package dev.lintel.embedded.egress;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.util.NetUtil;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which addresses a name from outside may point at. */
class AddressKindTest {
    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByAddress(NetUtil.createByteArrayFromIpAddressString(text));
    }

    @ParameterizedTest
    @CsvSource({
        "93.184.216.34, PUBLIC",
        "1.1.1.1, PUBLIC",
        "223.255.255.255, PUBLIC",
        "0.0.0.0, UNSPECIFIED",
        "0.1.2.3, UNSPECIFIED",
        "127.0.0.1, LOOPBACK",
        "127.255.255.255, LOOPBACK",
        "126.255.255.255, PUBLIC",
        "128.0.0.0, PUBLIC",
        "10.0.0.0, PRIVATE",
        "10.255.255.255, PRIVATE",
        "9.255.255.255, PUBLIC",
        "11.0.0.0, PUBLIC",
        "172.15.255.255, PUBLIC",
        "172.16.0.0, PRIVATE",
        "172.31.255.255, PRIVATE",
        "172.32.0.0, PUBLIC",
        "192.168.0.1, PRIVATE",
        "192.167.255.255, PUBLIC",
        "192.169.0.0, PUBLIC",
        "192.0.0.192, PRIVATE",
        "192.0.1.0, PUBLIC",
        "192.0.2.1, RESERVED",
        "192.88.99.1, RESERVED",
        "100.63.255.255, PUBLIC",
        "100.64.0.0, SHARED",
        "100.100.100.200, SHARED",
        "100.127.255.255, SHARED",
        "100.128.0.0, PUBLIC",
        "168.63.129.16, LINK_LOCAL",
        "168.63.129.15, PUBLIC",
        "168.63.128.16, PUBLIC",
        "168.62.129.16, PUBLIC",
        "169.254.169.254, LINK_LOCAL",
        "169.253.255.255, PUBLIC",
        "198.18.0.0, PRIVATE",
        "198.19.255.255, PRIVATE",
        "198.20.0.0, PUBLIC",
        "198.51.100.1, RESERVED",
        "203.0.113.1, RESERVED",
        "224.0.0.1, MULTICAST",
        "239.255.255.255, MULTICAST",
        "240.0.0.0, RESERVED",
        "255.255.255.255, RESERVED"
    })
    void addressesOfVersion4(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(address(address))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "2606:2800:220:1::1, PUBLIC",
        "2001:4860:4860::8888, PUBLIC",
        "2a00::1, PUBLIC",
        "3fff:1000::1, PUBLIC",
        "::, UNSPECIFIED",
        "::1, LOOPBACK",
        "::2, RESERVED",
        "fe80::1, LINK_LOCAL",
        "febf::1, LINK_LOCAL",
        "fec0::1, PRIVATE",
        "fc00::1, PRIVATE",
        "fd00:ec2::254, PRIVATE",
        "fe00::1, RESERVED",
        "ff02::1, MULTICAST",
        "100::1, RESERVED",
        "4000::1, RESERVED",
        "5f00::1, RESERVED",
        "2001:db8::1, RESERVED",
        "3fff::1, RESERVED",
        "2001:0:7f00:1::1, RESERVED",
        "2001:1ff::1, RESERVED",
        "2001:200::1, PUBLIC",
        "64:ff9b::7f00:1, LOOPBACK",
        "64:ff9b::a9fe:a9fe, LINK_LOCAL",
        "64:ff9b::a00:1, PRIVATE",
        "64:ff9b::5db8:d822, PUBLIC",
        "64:ff9b:0:0:1::5db8:d822, RESERVED",
        "64:ff9b:1::5db8:d822, PRIVATE",
        "64:1::1, RESERVED",
        "2002:7f00:1::1, LOOPBACK",
        "2002:a9fe:a9fe::1, LINK_LOCAL",
        "2002:c0a8:1::1, PRIVATE",
        "2002:5db8:d822::1, PUBLIC",
        "::7f00:1, LOOPBACK",
        "::a00:1, PRIVATE",
        "::5db8:d822, RESERVED",
        "::ffff:0:7f00:1, LOOPBACK",
        "::ffff:0:5db8:d822, RESERVED",
        "::fffe:5db8:d822, RESERVED"
    })
    void addressesOfVersion6(String address, AddressKind kind) throws UnknownHostException {
        assertThat(AddressKind.of(address(address))).isEqualTo(kind);
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, LOOPBACK",
        "169.254.169.254, LINK_LOCAL",
        "10.0.0.1, PRIVATE",
        "100.64.0.1, SHARED",
        "0.0.0.0, UNSPECIFIED",
        "224.0.0.1, MULTICAST",
        "93.184.216.34, PUBLIC"
    })
    void addressesOfVersion4InsideOnesOfVersion6(String inner, AddressKind kind) throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        System.arraycopy(address(inner).getAddress(), 0, bytes, 12, 4);
        // The JDK makes four bytes of such an address, unless it is asked for one of version 6.
        Inet6Address mapped = Inet6Address.getByAddress("mapped.example", bytes, -1);

        assertThat(mapped.getAddress()).hasSize(16);
        assertThat(AddressKind.of(mapped)).isEqualTo(kind);
    }

    @Test
    void aRuleMayAllowWhatIsNearAndNeverWhatIsNobodys() {
        for (AddressKind kind : AddressKind.values()) {
            assertThat(kind.mayBeCalled(false)).as("%s", kind).isEqualTo(kind == AddressKind.PUBLIC);
        }
        assertThat(AddressKind.LOOPBACK.mayBeCalled(true)).isTrue();
        assertThat(AddressKind.LINK_LOCAL.mayBeCalled(true)).isTrue();
        assertThat(AddressKind.PRIVATE.mayBeCalled(true)).isTrue();
        assertThat(AddressKind.SHARED.mayBeCalled(true)).isTrue();
        assertThat(AddressKind.UNSPECIFIED.mayBeCalled(true)).isFalse();
        assertThat(AddressKind.MULTICAST.mayBeCalled(true)).isFalse();
        assertThat(AddressKind.RESERVED.mayBeCalled(true)).isFalse();
    }
}
