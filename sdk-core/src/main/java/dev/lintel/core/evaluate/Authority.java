package dev.lintel.core.evaluate;

/** The authority of a request: a host name or an address, and a port that may be missing (RFC 3986, 3.2). */
final class Authority {
    private static final int NAME = 253;
    private static final int LABEL = 63;

    private Authority() {}

    /** Where the name ends, without port and trailing dot; -1 if what follows a colon is no port. */
    static int nameEnd(String authority) {
        int colon = authority.indexOf(':');
        int end = colon < 0 ? authority.length() : colon;
        if (colon >= 0 && !isPort(authority, colon + 1)) {
            return -1;
        }
        return end > 1 && authority.charAt(end - 1) == '.' ? end - 1 : end;
    }

    /** Whether it is a host name or an address with or without port, and nothing else. */
    static boolean isValid(String authority) {
        if (authority.startsWith("[")) {
            int bracket = authority.indexOf(']');
            return bracket > 0
                    && isAddress(authority, bracket)
                    && (authority.length() == bracket + 1
                            || authority.charAt(bracket + 1) == ':' && isPort(authority, bracket + 2));
        }
        int end = nameEnd(authority);
        return end > 0 && end <= NAME && isName(authority, end);
    }

    private static boolean isName(String authority, int end) {
        int label = 0;
        for (int i = 0; i < end; i++) {
            char c = authority.charAt(i);
            boolean dot = c == '.';
            if (dot && label == 0 || !dot && (!isLetter(c) && !isDigit(c) && c != '-' && c != '_' || label == LABEL)) {
                return false;
            }
            label = dot ? 0 : label + 1;
        }
        return label > 0;
    }

    /** Roughly an IPv6 address (RFC 4291, 2.2): none can be exposed, so it is enough to tell it from garbage. */
    private static boolean isAddress(String authority, int bracket) {
        int colons = 0;
        for (int i = 1; i < bracket; i++) {
            char c = authority.charAt(i);
            colons += c == ':' ? 1 : 0;
            if (c != ':' && c != '.' && Character.digit(c, 16) < 0 || c > 127) {
                return false;
            }
        }
        return colons >= 2 && bracket <= 46;
    }

    /** Five digits at the most, and none at all is a port too (RFC 3986, 3.2.3). */
    private static boolean isPort(String authority, int from) {
        int port = 0;
        for (int i = from; i < authority.length(); i++) {
            char c = authority.charAt(i);
            if (!isDigit(c) || i - from >= 5) {
                return false;
            }
            port = port * 10 + (c - '0');
        }
        return port <= 65_535;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z';
    }
}
