package dev.lintel.embedded.identity;

import dev.lintel.core.evaluate.Caller;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509ExtensionUtils;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * An authority of one gateway's own, in memory: a key on P-256, a root that vouches for itself, and certificates that are
 * good for a day. It keeps nothing of what it issues. Safe for use by many threads.
 *
 * <p>What workloads show is dated by the gateway's clock, by which it is judged; what the gateway shows is dated by the
 * machine's, by which clients judge.
 */
public final class CertificateAuthority {
    /** How long a certificate is good. */
    public static final Duration LIFETIME = Duration.ofHours(24);

    private static final Duration SKEW = Duration.ofMinutes(5);
    private static final Duration ROOT = Duration.ofDays(3650);
    private static final String SIGNATURE = "SHA256withECDSA";

    private final String trustDomain;
    private final InstantSource clock;
    private final SecureRandom random = new SecureRandom();
    private final KeyPair keys = keyPair();
    private final X500Name name;
    private final X509Certificate root;

    /**
     * Makes an authority.
     *
     * @param trustDomain of the identities that it issues
     * @param clock by which workloads' certificates are dated
     */
    public CertificateAuthority(String trustDomain, InstantSource clock) {
        this.trustDomain = trustDomain;
        this.clock = clock;
        this.name = new X500Name("CN=Lintel gateway " + serial().toString(16).substring(0, 8));
        Instant now = clock.instant();
        Instant machine = Instant.now();
        Instant from = (now.isBefore(machine) ? now : machine).minus(SKEW);
        Instant until = (now.isBefore(machine) ? machine : now).plus(ROOT);
        Content content = new Content(name.toString(), List.of(), List.of(), List.of(), true, from, until);
        this.root = issue(keys.getPublic(), name, content);
    }

    /** A new key pair on P-256. */
    public static KeyPair keyPair() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this JVM has no keys on P-256", e);
        }
    }

    public String trustDomain() {
        return trustDomain;
    }

    InstantSource clock() {
        return clock;
    }

    /** The certificate that vouches for all others. */
    public X509Certificate root() {
        return root;
    }

    /** A certificate for a workload that calls. */
    public X509Certificate client(Caller.Workload workload, PublicKey key) {
        Instant now = clock.instant();
        return issue(key, Content.client(workload.spiffeId(), now.minus(SKEW), now.plus(LIFETIME)));
    }

    /** A certificate for a name that is called, with the identity of the service if it is that of one service. */
    X509Certificate server(String host, List<String> uris, PublicKey key) {
        Instant now = Instant.now();
        return issue(key, Content.server(uris, host, now.minus(SKEW), now.plus(LIFETIME)));
    }

    /** A certificate that says anything. */
    public X509Certificate issue(PublicKey key, Content content) {
        return issue(key, new X500Name(content.subject()), content);
    }

    private X509Certificate issue(PublicKey key, X500Name subject, Content content) {
        try {
            X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                    name,
                    serial(),
                    Date.from(content.from()),
                    Date.from(content.until()),
                    Locale.ROOT,
                    subject,
                    SubjectPublicKeyInfo.getInstance(key.getEncoded()));
            extend(builder, key, content);
            return new JcaX509CertificateConverter()
                    .getCertificate(builder.build(new JcaContentSignerBuilder(SIGNATURE).build(keys.getPrivate())));
        } catch (IOException | OperatorCreationException | GeneralSecurityException e) {
            throw new IllegalStateException("cannot issue a certificate", e);
        }
    }

    private void extend(X509v3CertificateBuilder builder, PublicKey key, Content content)
            throws IOException, GeneralSecurityException {
        JcaX509ExtensionUtils identifiers = new JcaX509ExtensionUtils();
        int usage = content.authority() ? KeyUsage.keyCertSign | KeyUsage.cRLSign : KeyUsage.digitalSignature;
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(content.authority()))
                .addExtension(Extension.keyUsage, true, new KeyUsage(usage))
                .addExtension(Extension.subjectKeyIdentifier, false, identifiers.createSubjectKeyIdentifier(key))
                .addExtension(
                        Extension.authorityKeyIdentifier,
                        false,
                        identifiers.createAuthorityKeyIdentifier(keys.getPublic()));
        if (!content.purposes().isEmpty()) {
            builder.addExtension(Extension.extendedKeyUsage, false, purposes(content.purposes()));
        }
        List<GeneralName> names = new ArrayList<>();
        content.uris().forEach(uri -> names.add(new GeneralName(GeneralName.uniformResourceIdentifier, uri)));
        content.dns().forEach(dns -> names.add(new GeneralName(GeneralName.dNSName, dns)));
        if (!names.isEmpty()) {
            builder.addExtension(
                    Extension.subjectAlternativeName, false, new GeneralNames(names.toArray(new GeneralName[0])));
        }
    }

    private static ExtendedKeyUsage purposes(List<String> purposes) {
        return new ExtendedKeyUsage(purposes.stream()
                .map(purpose -> KeyPurposeId.getInstance(new ASN1ObjectIdentifier(purpose)))
                .toArray(KeyPurposeId[]::new));
    }

    /** Random, positive and of 16 bytes at the most (RFC 5280, 4.1.2.2). */
    private BigInteger serial() {
        return new BigInteger(126, random).setBit(126);
    }

    /** Names nobody's key. */
    @Override
    public String toString() {
        return "authority of " + trustDomain;
    }
}
