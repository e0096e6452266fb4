package dev.lintel.embedded.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** However many names are asked for, and somebody has, only so many certificates are kept. */
class ServerCertificatesTest {
    private final CertificateAuthority authority = new CertificateAuthority("cluster.local", InstantSource.system());

    @Test
    void theLast1024NamesAreKept() {
        ServerCertificates certificates = new ServerCertificates(authority, name -> List.of());
        X509Certificate used = certificates.certificate("used.example");
        X509Certificate first = certificates.certificate("s0.example");
        for (int i = 1; i < 1100; i++) {
            certificates.certificate("s" + i + ".example");
            assertThat(certificates.certificate("used.example")).isSameAs(used);
        }

        assertThat(certificates.kept()).isEqualTo(1024);
        assertThat(certificates.certificate("s0.example")).isNotEqualTo(first);
        assertThat(certificates.kept()).isEqualTo(1024);
    }

    @Test
    void aNameThatNobodyHasLeavesNothingBehind() {
        ServerCertificates certificates = new ServerCertificates(authority, name -> null);

        assertThat(certificates.certificate("s0.example")).isNull();
        assertThat(certificates.kept()).isZero();
    }
}
