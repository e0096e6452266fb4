package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import dev.lintel.mesh.Manifest;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The certificates that gateways show: whether they are there, valid, and for the hosts. Of keys only that they are there. */
final class CertificateCheck {
    private static final Duration SOON = Duration.ofDays(14);
    private static final int DNS_NAME = 2;
    private static final String TYPE = "kubernetes.io/tls";

    private final Live live;
    private final InstantSource clock;
    private final Findings findings;

    CertificateCheck(Live live, InstantSource clock, Findings findings) {
        this.live = live;
        this.clock = clock;
        this.findings = findings;
    }

    void check(ClusterNeeds needs) {
        for (Manifest gateway : needs.gateways) {
            for (Map<?, ?> server : Docs.maps(gateway.spec(), "servers")) {
                String secret = Docs.text(server, "tls", "credentialName");
                List<String> hosts = Docs.texts(server, "hosts").stream()
                        .map(host -> host.substring(host.indexOf('/') + 1))
                        .toList();
                if (!secret.isEmpty()) {
                    secret(gateway, gateway.namespace(), secret, hosts);
                }
            }
        }
        for (Manifest gateway : needs.kubernetesGateways) {
            for (Map<?, ?> listener : Docs.maps(gateway.spec(), "listeners")) {
                String host = Docs.text(listener, "hostname");
                for (Map<?, ?> ref : Docs.maps(listener, "tls", "certificateRefs")) {
                    String namespace = Docs.text(ref, "namespace");
                    secret(
                            gateway,
                            namespace.isEmpty() ? gateway.namespace() : namespace,
                            Docs.text(ref, "name"),
                            host.isEmpty() ? List.of() : List.of(host));
                }
            }
        }
    }

    private void secret(Manifest gateway, String namespace, String name, List<String> hosts) {
        String id = "Secret " + namespace + "/" + name;
        String make = "kubectl -n " + namespace + " create secret tls " + name + " --cert=… --key=…";
        try {
            Optional<Map<?, ?>> found = live.object(Live.namespace(namespace) + "/secrets/" + name);
            if (found.isEmpty()) {
                findings.problem("certificate", id, "is not there, and " + gateway.id() + " shows it to clients", make);
                return;
            }
            String type = Docs.text(found.get(), "type");
            String certificate = Docs.text(found.get(), "data", "tls.crt");
            if (certificate.isEmpty()
                    || Docs.text(found.get(), "data", "tls.key").isEmpty()) {
                findings.problem(
                        "certificate", id, "has no tls.crt, or no tls.key, which " + gateway.id() + " needs", make);
                return;
            }
            if (!type.equals(TYPE)) {
                findings.warning("certificate", id, "is of the type '" + type + "' and not " + TYPE, make);
            }
            judge(id, certificate, hosts, make);
            findings.judge("gateway-api.credential");
        } catch (Unread told) {
            // What could not be read has been told.
        }
    }

    private void judge(String id, String encoded, List<String> hosts, String make) {
        X509Certificate certificate;
        try {
            certificate = (X509Certificate) CertificateFactory.getInstance("X.509")
                    .generateCertificate(
                            new ByteArrayInputStream(Base64.getMimeDecoder().decode(encoded)));
        } catch (CertificateException | IllegalArgumentException e) {
            findings.problem("certificate", id, "its tls.crt holds no certificate that can be read", make);
            return;
        }
        Instant now = clock.instant();
        Instant end = certificate.getNotAfter().toInstant();
        if (now.isAfter(end) || now.isBefore(certificate.getNotBefore().toInstant())) {
            findings.problem(
                    "certificate",
                    id,
                    "is valid from " + certificate.getNotBefore().toInstant() + " to " + end + ", and it is " + now,
                    "renew it: " + make);
        } else if (now.plus(SOON).isAfter(end)) {
            findings.warning("certificate", id, "ends at " + end + ", and it is " + now, "renew it: " + make);
        }
        List<String> names = names(certificate);
        List<String> missing = hosts.stream()
                .filter(host -> !host.equals("*"))
                .filter(host -> names.stream().noneMatch(name -> covers(name, host)))
                .toList();
        if (!missing.isEmpty()) {
            findings.problem(
                    "certificate-names",
                    id,
                    "is for " + names + ", and not for " + missing + ", which the gateway serves with it",
                    "let it name them");
        }
    }

    private static List<String> names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> each : all == null ? List.<List<?>>of() : all) {
                if (Integer.valueOf(DNS_NAME).equals(each.get(0))) {
                    names.add(String.valueOf(each.get(1)).toLowerCase(Locale.ROOT));
                }
            }
        } catch (CertificateException e) {
            // Names that cannot be read are none: the hosts are told as not covered.
            return names;
        }
        return names;
    }

    /** A star stands for one label (RFC 6125, 6.4.3). */
    private static boolean covers(String name, String host) {
        String lower = host.toLowerCase(Locale.ROOT);
        int dot = lower.indexOf('.');
        return name.equals(lower)
                || name.startsWith("*.") && dot > 0 && name.substring(1).equals(lower.substring(dot));
    }
}
