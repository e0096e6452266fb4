package dev.lintel.embedded.wire;

import org.jspecify.annotations.Nullable;

/** Takes a request target apart (RFC 9112, 3.2): origin-form, or absolute-form whose authority is the one of Host. */
final class Target {
    private Target() {}

    static @Nullable Refusal read(String target, RequestHead head, int hosts) {
        if (hosts > 1 || hosts == 0 && !head.isHttp10()) {
            return Refusal.bad("there must be exactly one Host field");
        }
        if (!Grammar.isTarget(target)) {
            return Refusal.bad("the request target must be visible ASCII without a fragment");
        }
        int start = 0;
        if (target.charAt(0) != '/') {
            int authority = authority(target);
            if (authority < 0) {
                return Refusal.bad("the request target must be a path or a whole http URI");
            }
            start = end(target, authority);
            String named = target.substring(authority, start);
            if (hosts == 0) {
                head.host = named;
            } else if (!same(named, head.host, target.charAt(4) == ':' ? ":80" : ":443")) {
                return Refusal.bad("the request target and Host name different authorities");
            }
        }
        if (!Grammar.isAuthority(head.host)) {
            return Refusal.bad("Host must be a host name with an optional port");
        }
        split(target, start, head);
        return null;
    }

    private static void split(String target, int start, RequestHead head) {
        int question = target.indexOf('?', start);
        int end = question < 0 ? target.length() : question;
        head.path = end == start ? "/" : target.substring(start, end);
        head.query = question < 0 ? null : target.substring(question + 1);
    }

    private static int authority(String target) {
        if (target.regionMatches(true, 0, "http://", 0, 7)) {
            return 7;
        }
        return target.regionMatches(true, 0, "https://", 0, 8) ? 8 : -1;
    }

    private static int end(String target, int from) {
        for (int i = from; i < target.length(); i++) {
            if (target.charAt(i) == '/' || target.charAt(i) == '?') {
                return i;
            }
        }
        return target.length();
    }

    private static boolean same(String named, String host, String port) {
        return named.equalsIgnoreCase(host)
                || named.equalsIgnoreCase(host + port)
                || host.equalsIgnoreCase(named + port);
    }
}
