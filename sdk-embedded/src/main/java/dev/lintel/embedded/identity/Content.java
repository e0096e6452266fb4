package dev.lintel.embedded.identity;

import java.time.Instant;
import java.util.List;

/**
 * What a certificate says.
 *
 * @param subject a distinguished name, which counts for nothing here
 * @param uris the URIs among its subject alternative names
 * @param dns the DNS names among them
 * @param purposes the object identifiers of what its key may be used for in TLS; empty to leave them out
 * @param authority whether it is one of an authority
 * @param from from when it is good
 * @param until until when it is good
 */
public record Content(
        String subject,
        List<String> uris,
        List<String> dns,
        List<String> purposes,
        boolean authority,
        Instant from,
        Instant until) {
    /** What a TLS client's key is for (RFC 5280, 4.2.1.12). */
    public static final String CLIENT = "1.3.6.1.5.5.7.3.2";

    /** What a TLS server's key is for (RFC 5280, 4.2.1.12). */
    public static final String SERVER = "1.3.6.1.5.5.7.3.1";

    private static final String SUBJECT = "O=Lintel workload";

    /** Keeps the lists unchangeable. */
    public Content {
        uris = List.copyOf(uris);
        dns = List.copyOf(dns);
        purposes = List.copyOf(purposes);
    }

    /** What a workload shows that calls. */
    static Content client(String uri, Instant from, Instant until) {
        return new Content(SUBJECT, List.of(uri), List.of(), List.of(CLIENT), false, from, until);
    }

    /** What is shown to whoever asks for a name. */
    static Content server(List<String> uris, String name, Instant from, Instant until) {
        return new Content(SUBJECT, uris, List.of(name), List.of(SERVER), false, from, until);
    }
}
