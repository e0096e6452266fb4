package dev.lintel.embedded.egress;

import java.net.InetAddress;

/**
 * What an address is for (the special-purpose registries of IANA, RFC 6890). An address that carries another one, as those
 * of translators and tunnels do, is what the other one is: a packet to it ends there.
 */
enum AddressKind {
    PUBLIC("a public address"),
    LOOPBACK("a loopback address"),
    LINK_LOCAL("a link-local address"),
    PRIVATE("a private address"),
    /** RFC 6598, behind a carrier's translator. */
    SHARED("a shared address"),
    UNSPECIFIED("the unspecified address"),
    MULTICAST("a multicast address"),
    RESERVED("a reserved address");

    private final String text;

    AddressKind(String text) {
        this.text = text;
    }

    static AddressKind of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 4 ? v4(bytes, 0) : v6(bytes);
    }

    /** Whether such an address may be called; some are never a host's. */
    boolean mayBeCalled(boolean privateToo) {
        return switch (this) {
            case PUBLIC -> true;
            case LOOPBACK, LINK_LOCAL, PRIVATE, SHARED -> privateToo;
            case UNSPECIFIED, MULTICAST, RESERVED -> false;
        };
    }

    private static AddressKind v4(byte[] bytes, int at) {
        int a = bytes[at] & 0xff;
        int b = bytes[at + 1] & 0xff;
        int c = bytes[at + 2] & 0xff;
        return switch (a) {
            case 0 -> UNSPECIFIED;
            case 10 -> PRIVATE;
            case 100 -> b >= 64 && b < 128 ? SHARED : PUBLIC;
            case 127 -> LOOPBACK;
            case 168 -> isWireServer(b, c, bytes[at + 3] & 0xff) ? LINK_LOCAL : PUBLIC;
            case 169 -> b == 254 ? LINK_LOCAL : PUBLIC;
            case 172 -> b >= 16 && b < 32 ? PRIVATE : PUBLIC;
            case 192 -> of192(b, c);
            case 198 -> b == 18 || b == 19 ? PRIVATE : b == 51 && c == 100 ? RESERVED : PUBLIC;
            case 203 -> b == 0 && c == 113 ? RESERVED : PUBLIC;
            default -> a < 224 ? PUBLIC : a < 240 ? MULTICAST : RESERVED;
        };
    }

    /** 168.63.129.16 looks public, and is the host of every virtual machine in Azure, where it hands out configuration. */
    private static boolean isWireServer(int b, int c, int d) {
        return b == 63 && c == 129 && d == 16;
    }

    /** 192.0.0.0/24 is for the machines of one network; a cloud keeps its metadata there. */
    private static AddressKind of192(int b, int c) {
        if (b == 168 || b == 0 && c == 0) {
            return PRIVATE;
        }
        return b == 0 && c == 2 || b == 88 && c == 99 ? RESERVED : PUBLIC;
    }

    private static AddressKind v6(byte[] bytes) {
        int first = word(bytes, 0);
        if (first == 0 || first == 0x64) {
            return low(bytes);
        }
        if (first >= 0xfe80 && first <= 0xfebf) {
            return LINK_LOCAL;
        }
        if (first >= 0xff00) {
            return MULTICAST;
        }
        if (first >= 0xfc00) {
            return first < 0xfe00 || first >= 0xfec0 ? PRIVATE : RESERVED;
        }
        if (first == 0x2002) {
            return v4(bytes, 2);
        }
        boolean protocols = first == 0x2001 && (word(bytes, 1) < 0x200 || word(bytes, 1) == 0xdb8);
        boolean documentation = first == 0x3fff && word(bytes, 1) < 0x1000;
        return first < 0x2000 || first > 0x3fff || protocols || documentation ? RESERVED : PUBLIC;
    }

    /** The addresses that carry one of IPv4 in their last four bytes, and the two that stand for nobody and oneself. */
    private static AddressKind low(byte[] bytes) {
        if (word(bytes, 0) == 0x64) {
            boolean translated = word(bytes, 1) == 0xff9b && zero(bytes, 2, 6);
            boolean local = word(bytes, 1) == 0xff9b && word(bytes, 2) == 1;
            return translated ? v4(bytes, 12) : local ? PRIVATE : RESERVED;
        }
        if (zero(bytes, 0, 5) && word(bytes, 5) == 0xffff) {
            return v4(bytes, 12);
        }
        if (zero(bytes, 0, 7)) {
            return word(bytes, 7) == 0 ? UNSPECIFIED : word(bytes, 7) == 1 ? LOOPBACK : RESERVED;
        }
        boolean carries = zero(bytes, 0, 6) || zero(bytes, 0, 4) && word(bytes, 4) == 0xffff && word(bytes, 5) == 0;
        AddressKind carried = carries ? v4(bytes, 12) : RESERVED;
        return carried == PUBLIC ? RESERVED : carried;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        boolean zero = true;
        for (int i = from; i < to; i++) {
            zero &= word(bytes, i) == 0;
        }
        return zero;
    }

    private static int word(byte[] bytes, int index) {
        return (bytes[index * 2] & 0xff) << 8 | bytes[index * 2 + 1] & 0xff;
    }

    @Override
    public String toString() {
        return text;
    }
}
