package dev.lintel.auth.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Names below {@code localhost} are this machine without asking anybody (RFC 6761, 6.3): plain {@code http} is allowed
 * for them, so no resolver may send it elsewhere.
 */
public final class LocalDns implements DnsResolver {
    /** Asks the system for all other names. */
    public LocalDns() {}

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        String lower = host.toLowerCase(Locale.ROOT);
        return lower.equals("localhost") || lower.endsWith(".localhost")
                ? new InetAddress[] {InetAddress.getLoopbackAddress()}
                : SystemDefaultDnsResolver.INSTANCE.resolve(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }
}
