package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.register.ClientProof;
import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The clients of a server in this JVM as plans see them, and several secrets of one client at once. */
class TwoSecretsTest {
    private static final ClientSpec SHOP =
            ClientSpec.service("shop").scopes("orders.read").audiences("orders");

    private final MemorySecretSink sink = new MemorySecretSink();

    private static boolean works(Office office, String secret) {
        return office.caller
                        .token("shop", secret, "grant_type=client_credentials")
                        .statusCode()
                == 200;
    }

    @Test
    void bothSecretsOutliveARestartUntilTheOldOneIsRetired(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("state");
        try (Office office = new Office(s -> s.persistIn(file))) {
            ClientRegistry registry = office.server.registry();
            assertThat(registry.create(SHOP, "team", null, Secret.of("canary-one"))
                            .clientId())
                    .isEqualTo("shop");
            assertThat(registry.rotate("shop", Secret.of("canary-two")).oldStillWorks())
                    .isTrue();
        }
        assertThat(Files.readString(file)).doesNotContain("canary");

        try (Office office = new Office(s -> s.persistIn(file))) {
            KnownClient known = office.server.registry().find("shop").orElseThrow();
            assertThat(known.owner()).isEqualTo("team");
            assertThat(known.place()).isEqualTo(new SecretPlace("team", "shop"));
            assertThat(works(office, "canary-one")).isTrue();
            assertThat(works(office, "canary-two")).isTrue();
            assertThat(works(office, "canary-three")).isFalse();
            office.server.registry().retire("shop");
            assertThat(works(office, "canary-one")).isFalse();
            assertThat(works(office, "canary-two")).isTrue();
        }
        try (Office office = new Office(s -> s.persistIn(file))) {
            assertThat(works(office, "canary-one")).isFalse();
            assertThat(works(office, "canary-two")).isTrue();
        }
    }

    @Test
    void secretsThatNobodyGotToKnowGoBeforeTheOldest() {
        try (Office office = new Office()) {
            ClientRegistry registry = office.server.registry();
            assertThat(registry.create(SHOP, "team", null, Secret.of("oldest")).secret())
                    .isEqualTo(Secret.of("oldest"));
            for (int i = 0; i < 50; i++) {
                assertThat(registry.rotate("shop", Secret.of("secret-" + i)).oldStillWorks())
                        .isTrue();
            }

            assertThat(works(office, "oldest")).isTrue();
            assertThat(works(office, "secret-49")).isTrue();
            assertThat(works(office, "secret-48")).isFalse();
        }
    }

    @Test
    void whatTheProgramItselfRegisteredIsNobodys() {
        try (Office office = new Office()) {
            office.server.client("shop", Secret.of("s3cret"), "orders.read");
            OAuthClients clients = OAuthClients.of("team", office.server.registry(), sink);

            assertThat(clients.plan(SHOP).problems()).extracting("code").containsExactly("clients.foreign");
            clients.apply(clients.plan());
            assertThat(works(office, "s3cret")).isTrue();
        }
    }

    @Test
    void aClientIsChangedAndWhatItHasOnTopStays() {
        try (Office office = new Office()) {
            OAuthClients clients = OAuthClients.of("team", office.server.registry(), sink);
            clients.apply(clients.plan(SHOP));
            String secret = sink.value(new SecretPlace("team", "shop"), "client_secret")
                    .orElseThrow()
                    .reveal();
            ClientSpec more = SHOP.scopes("orders.write").provesBy(ClientProof.CLIENT_SECRET_POST);

            clients.apply(clients.plan(more).allowWidening("refunds"));

            assertThat(clients.plan(more).isEmpty()).isTrue();
            assertThat(works(office, secret)).isTrue();
            ClientSpec signs = ClientSpec.service("shop").signsWithKeysAt(URI.create("https://shop.example/jwks"));
            clients.apply(clients.plan(signs));
            assertThat(clients.plan(signs).isEmpty()).isTrue();
            assertThat(works(office, secret)).isFalse();
            assertThat(office.server
                            .registry()
                            .find("shop")
                            .orElseThrow()
                            .facts()
                            .keys())
                    .isEqualTo("https://shop.example/jwks");
        }
    }

    @Test
    void aClientIsNotCalledLikeAUser() {
        try (Office office = new Office()) {
            office.server.user("shop", Secret.of("password"));
            OAuthClients clients = OAuthClients.of("team", office.server.registry(), sink);

            assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                    .hasMessage("client 'shop' must not be called like a user of the embedded server at "
                            + office.server.issuer() + ", because both become subjects; choose another id");
        }
    }
}
