package dev.lintel.auth.net;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import org.junit.jupiter.api.Test;

class IssuerMetadataTest {
    @Test
    void theTwoPathsOfMetadata() {
        assertThat(IssuerMetadata.addresses("https://id.example:8443/a/b"))
                .containsExactly(
                        URI.create("https://id.example:8443/a/b/.well-known/openid-configuration"),
                        URI.create("https://id.example:8443/.well-known/oauth-authorization-server/a/b"));
    }
}
