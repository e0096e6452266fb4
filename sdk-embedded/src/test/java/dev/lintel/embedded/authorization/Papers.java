package dev.lintel.embedded.authorization;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Base64;
import java.util.HexFormat;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** Somebody with a certificate, made byte by byte (RFC 5280, 4.1) because the JDK has no public way to make one. */
public final class Papers {
    private static final AtomicLong SERIAL = new AtomicLong(1);
    /** ecdsa-with-SHA256. */
    private static final byte[] ALGORITHM = hex("300a06082a8648ce3d040302");

    final KeyPair pair;
    final X509Certificate certificate;

    private Papers(KeyPair pair, X509Certificate certificate) {
        this.pair = pair;
        this.certificate = certificate;
    }

    /** An authority that vouches for itself. */
    public static Papers authority(String name) {
        return make(name, null, "2049-01-01T00:00:00Z", basicConstraints());
    }

    /** Somebody who vouches for themselves, at 127.0.0.1. */
    static Papers selfSigned(String name) {
        return make(name, null, "2049-01-01T00:00:00Z", loopback());
    }

    /** Somebody for whom an authority vouches. */
    Papers vouchesFor(String name) {
        return make(name, this, "2049-01-01T00:00:00Z", loopback());
    }

    /** A server with a name of its own, for whom an authority vouches. */
    public Papers vouchesForServer(String dns) {
        return make("CN=server", this, "2049-01-01T00:00:00Z", named(dns));
    }

    /** A server for whom an authority vouched until some time ago. */
    public Papers vouchedForServer(String dns) {
        return make("CN=server", this, "2021-01-01T00:00:00Z", named(dns));
    }

    private static Papers make(String name, @Nullable Papers issuer, String until, byte[] extension) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] subject = new X500Principal(name).getEncoded();
            byte[] by = issuer == null
                    ? subject
                    : issuer.certificate.getSubjectX500Principal().getEncoded();
            byte[] body = sequence(
                    tagged(0xa0, integer(2)),
                    integer(SERIAL.getAndIncrement()),
                    ALGORITHM,
                    by,
                    sequence(time("2020-01-01T00:00:00Z"), time(until)),
                    subject,
                    pair.getPublic().getEncoded(),
                    tagged(0xa3, sequence(extension)));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign((issuer == null ? pair : issuer.pair).getPrivate());
            signature.update(body);
            byte[] signed = signature.sign();
            byte[] whole = sequence(body, ALGORITHM, tagged(0x03, concat(new byte[] {0}, signed)));
            return new Papers(pair, (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String pem() {
        try {
            return pem("CERTIFICATE", certificate.getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    public String key() {
        return pem("PRIVATE KEY", pair.getPrivate().getEncoded());
    }

    /** A client that trusts this server, and shows these papers if there are any. */
    SSLContext client(@Nullable Papers shown) {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("server", certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            if (shown != null) {
                own.setKeyEntry("own", shown.pair.getPrivate(), new char[0], new X509Certificate[] {shown.certificate});
            }
            keys.init(own, new char[0]);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A server with these papers, that wants clients for whom somebody vouches if somebody is named. */
    public SSLContext server(@Nullable Papers clients) {
        try {
            KeyStore own = KeyStore.getInstance("PKCS12");
            own.load(null, null);
            own.setKeyEntry("own", pair.getPrivate(), new char[0], new X509Certificate[] {certificate});
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(own, new char[0]);
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("clients", clients == null ? certificate : clients.certificate);
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String pem(String what, byte[] bytes) {
        String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + what + "-----\n" + text + "\n-----END " + what + "-----\n";
    }

    /** cA = TRUE, critical. */
    private static byte[] basicConstraints() {
        return sequence(hex("0603551d13"), hex("0101ff"), tagged(0x04, hex("30030101ff")));
    }

    /** subjectAltName with 127.0.0.1. */
    private static byte[] loopback() {
        return sequence(hex("0603551d11"), tagged(0x04, sequence(tagged(0x87, new byte[] {127, 0, 0, 1}))));
    }

    /** subjectAltName with a DNS name. */
    private static byte[] named(String dns) {
        return sequence(
                hex("0603551d11"), tagged(0x04, sequence(tagged(0x82, dns.getBytes(StandardCharsets.US_ASCII)))));
    }

    private static byte[] time(String instant) {
        String text = DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'")
                .withZone(ZoneOffset.UTC)
                .format(Instant.parse(instant));
        return tagged(0x17, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] integer(long value) {
        return tagged(0x02, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] sequence(byte[]... parts) {
        return tagged(0x30, concat(parts));
    }

    private static byte[] tagged(int tag, byte[] content) {
        int length = content.length;
        byte[] head;
        if (length < 0x80) {
            head = new byte[] {(byte) tag, (byte) length};
        } else if (length < 0x100) {
            head = new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        } else {
            head = new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        }
        return concat(head, content);
    }

    private static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }
}
