package dev.lintel.embedded;

import dev.lintel.embedded.identity.CertificateAuthority;
import dev.lintel.embedded.identity.Content;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A client of the listener for workloads, that shows what a test wants and asks for what a test wants. */
final class Guest implements AutoCloseable {
    static final String ORDERS = "orders.shop.svc.cluster.local";
    static final String FRONTEND = "spiffe://cluster.local/ns/shop/sa/frontend";

    private final SSLSocket socket;

    private Guest(SSLSocket socket) {
        this.socket = socket;
    }

    /** What a good certificate says, but for its names. */
    static Content saying(List<String> uris, String... dns) {
        return new Content("CN=test", uris, List.of(dns), List.of(Content.CLIENT), false, from(), until());
    }

    static Instant from() {
        return Instant.now().minus(Duration.ofHours(1));
    }

    static Instant until() {
        return Instant.now().plus(Duration.ofHours(1));
    }

    /** A context that shows a certificate of the gateway's own authority. */
    static SSLContext showing(Gateway gateway, Content content) throws Exception {
        return showing(gateway, gateway.inside().authority(), content);
    }

    /** A context that shows a certificate of any authority. */
    static SSLContext showing(Gateway gateway, CertificateAuthority by, Content content) throws Exception {
        KeyPair keys = CertificateAuthority.keyPair();
        return showing(gateway, keys, by.issue(keys.getPublic(), content));
    }

    static SSLContext showing(Gateway gateway, KeyPair keys, X509Certificate... chain) throws Exception {
        return trusting(gateway, new Always(keys, chain));
    }

    /** A context that shows nothing. */
    static SSLContext nobody(Gateway gateway) throws Exception {
        return trusting(gateway, (KeyManager[]) null);
    }

    private static SSLContext trusting(Gateway gateway, KeyManager... shown) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("x", gateway.inside().authority().root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(shown, trust.getTrustManagers(), null);
        return context;
    }

    /** A connection whose handshake is done, as far as the client can tell. */
    static Guest greet(Gateway gateway, SSLContext context, String name, String protocol) throws IOException {
        Socket plain = new Socket(
                InetAddress.getLoopbackAddress(), gateway.inside().address().getPort());
        SSLSocket socket = (SSLSocket) context.getSocketFactory()
                .createSocket(plain, name, gateway.inside().address().getPort(), true);
        socket.setSoTimeout(20_000);
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setServerNames(List.of(new SNIHostName(name)));
        parameters.setProtocols(new String[] {protocol});
        socket.setSSLParameters(parameters);
        Guest guest = new Guest(socket);
        try {
            socket.startHandshake();
        } catch (IOException e) {
            guest.close();
            throw e;
        }
        return guest;
    }

    static Guest greet(Gateway gateway, SSLContext context) throws IOException {
        return greet(gateway, context, ORDERS, "TLSv1.3");
    }

    /** One answer to one request on a connection of its own. */
    static Raw.Answer ask(Gateway gateway, SSLContext context, String... fields) throws IOException {
        try (Guest guest = greet(gateway, context)) {
            return guest.get(ORDERS, "/", fields);
        }
    }

    SSLSocket socket() {
        return socket;
    }

    Raw.Answer get(String host, String path, String... fields) throws IOException {
        StringBuilder text = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n");
        for (String field : fields) {
            text.append(field).append("\r\n");
        }
        socket.getOutputStream().write(text.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return Raw.on(socket).answer();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException e) {
            // It was cut off already.
        }
    }
}
