package dev.lintel.mesh.lint;

import java.util.regex.Pattern;

/** Which texts are hosts, addresses, ports and names of headers, as Istio's webhook takes them. */
final class Texts {
    private static final Pattern LABEL = Pattern.compile("[A-Za-z0-9]([-A-Za-z0-9]{0,61}[A-Za-z0-9])?");
    private static final Pattern HEADER = Pattern.compile("[-_A-Za-z0-9]+");
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,8}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:]{2,39}(?:(?<=:)[0-9.]{7,15})?(?:%.+)?");
    private static final int LONGEST = 255;
    private static final int LAST_PORT = 65_535;
    private static final int BYTE = 255;
    private static final int IPV4_BITS = 32;
    private static final int IPV6_BITS = 128;

    private Texts() {}

    /** Whether a name could be that of a service or server; a star may be in its first part. */
    static boolean isHost(String text) {
        if (text.isEmpty() || text.length() > LONGEST) {
            return false;
        }
        String[] labels = (text.endsWith(".") ? text.substring(0, text.length() - 1) : text).split("\\.", -1);
        for (int i = 0; i < labels.length; i++) {
            boolean star = i == 0 && labels[i].startsWith("*");
            if (!star && !LABEL.matcher(labels[i]).matches()) {
                return false;
            }
        }
        return true;
    }

    static boolean isLabel(String text) {
        return LABEL.matcher(text).matches();
    }

    static boolean isHeader(String text) {
        return HEADER.matcher(text).matches();
    }

    static boolean isPort(String text) {
        return NUMBER.matcher(text).matches() && Integer.parseInt(text) <= LAST_PORT;
    }

    static boolean isAddress(String text) {
        if (text.indexOf(':') >= 0) {
            return IPV6.matcher(text).matches();
        }
        String[] bytes = text.split("\\.", -1);
        for (String each : bytes) {
            if (!NUMBER.matcher(each).matches() || Integer.parseInt(each) > BYTE) {
                return false;
            }
        }
        return bytes.length == 4;
    }

    /** An address, or all that begin with so many of its bits. */
    static boolean isNetwork(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return isAddress(text);
        }
        String bits = text.substring(slash + 1);
        return isAddress(text.substring(0, slash))
                && NUMBER.matcher(bits).matches()
                && Integer.parseInt(bits) <= (text.indexOf(':') < 0 ? IPV4_BITS : IPV6_BITS);
    }
}
