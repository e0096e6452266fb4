package dev.lintel.embedded.authorization;

import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.net.URI;

/** Issuer identifiers (RFC 8414, 2). */
final class Issuers {
    private Issuers() {}

    static void check(URI issuer) {
        if (issuer.getRawUserInfo() != null) {
            throw new IllegalArgumentException("an issuer must not carry a user or a password");
        }
        String host = issuer.getHost();
        boolean bare = host != null
                && "".equals(issuer.getRawPath())
                && issuer.getRawQuery() == null
                && issuer.getRawFragment() == null;
        if (!bare || !isHttps(issuer) && !("http".equals(issuer.getScheme()) && isLoopback(host))) {
            throw new IllegalArgumentException("an issuer must be https://host or https://host:port, without a path"
                    + " (http only for loopback), but was '" + issuer + "'");
        }
    }

    static boolean isHttps(URI issuer) {
        return "https".equals(issuer.getScheme());
    }

    static URI at(InetSocketAddress address, boolean tls) {
        return URI.create((tls ? "https://" : "http://") + NetUtil.toSocketAddressString(address));
    }

    static boolean isLoopback(String host) {
        return host.equals("localhost")
                || host.equals("[::1]")
                || host.startsWith("127.") && NetUtil.isValidIpV4Address(host);
    }
}
