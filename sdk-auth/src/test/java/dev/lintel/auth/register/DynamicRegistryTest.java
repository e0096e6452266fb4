package dev.lintel.auth.register;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.file.FileRegistrationBook;
import dev.lintel.auth.testing.Logs;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that register themselves, remembered in a book of files. */
class DynamicRegistryTest {
    private static final ClientSpec SHOP =
            ClientSpec.service("shop").scopes("orders.read").audiences("orders");
    private static final ClientSpec WEB = ClientSpec.webApp("web", URI.create("https://shop.example/answer"));

    private final FakeRegistration server = new FakeRegistration();
    private final Drawer drawer = new Drawer();

    @TempDir
    Path folder;

    private DynamicRegistry registry = DynamicRegistry.at(server.url().toString(), RegistrationBook.inMemory());

    @BeforeEach
    void open() {
        registry.close();
        registry = DynamicRegistry.at(server.url().toString(), FileRegistrationBook.in(folder.resolve("book")));
    }

    @AfterEach
    void close() {
        registry.close();
        server.close();
    }

    private OAuthClients clients() {
        return OAuthClients.of("shop-team", registry, drawer);
    }

    @Test
    void theServerAssignsIdentifierAndSecret() {
        List<KnownClient> applied = clients().apply(clients().plan(SHOP, WEB));

        assertThat(applied).extracting(KnownClient::id).containsExactly("shop", "web");
        assertThat(applied).extracting(KnownClient::clientId).containsExactly("assigned-1", "assigned-4");
        assertThat(drawer.revealed("shop")).isEqualTo("secret-1");
        assertThat(drawer.revealedAll("shop-team/shop")).containsEntry("client_id", "assigned-1");
        assertThat(server.clients.get("assigned-1"))
                .containsEntry("client_name", "shop")
                .containsEntry("audience", List.of("orders"));
    }

    @Test
    void applyingTheSameAgainChangesNothingAlthoughTheTokenChangesEachTime() {
        clients().apply(clients().plan(SHOP, WEB));
        int changes = server.changes().size();

        for (int i = 0; i < 3; i++) {
            ClientPlan again = clients().plan(SHOP, WEB);
            assertThat(again.render())
                    .isEqualTo("plan for dynamic registration at " + server.url() + "\nnothing to do, 2 unchanged\n");
            clients().apply(again);
        }

        assertThat(server.changes()).hasSize(changes);
    }

    @Test
    void aClientIsChangedAndDeletedByTheTokenInTheBook() {
        clients().apply(clients().plan(SHOP, WEB));

        ClientPlan plan = clients().plan(SHOP.scopes("orders.write").audiences("stock"));
        clients().apply(plan.allowWidening("refunds"));

        assertThat(plan.render()).isEqualTo("""
                plan for dynamic registration at %s
                ~ client shop
                    @@ -3,8 +3,10 @@
                       client_credentials
                     scopes:
                       orders.read
                    +  orders.write
                     audiences:
                       orders
                    +  stock
                     authenticates by client_secret_basic
                     access tokens are jwt
                     secret in shop-team/shop
                - client web
                effects:
                  ! client shop: may ask for scope orders.write
                  ! client shop: may ask for audience stock
                  ! widens access, and is refused unless allowWidening("reason") is said
                0 to create, 1 to update, 1 to delete, 0 unchanged
                """.formatted(server.url()));
        assertThat(server.clients).containsOnlyKeys("assigned-1");
        assertThat(server.clients.get("assigned-1"))
                .containsEntry("scope", "orders.read orders.write")
                .containsEntry("client_secret", "secret-1");
        assertThat(drawer.revealed("shop")).isEqualTo("secret-1");
        assertThat(clients()
                        .plan(SHOP.scopes("orders.write").audiences("stock"))
                        .isEmpty())
                .isTrue();
    }

    @Test
    void aServerThatRenewsSecretsRotatesThemAndAnotherDoesNot() {
        clients().apply(clients().plan(SHOP));

        assertThatThrownBy(() -> clients().rotate("shop"))
                .hasMessage(
                        "dynamic registration at " + server.url() + " gave client 'shop' no new secret, and RFC 7592"
                                + " leaves that to the server; register a client with another id, let programs use that one, then"
                                + " plan without 'shop'");
        server.renews = true;
        assertThat(clients().rotate("shop")).isFalse();
        assertThat(drawer.revealed("shop")).startsWith("renewed-");
        clients().retire("shop");
        assertThat(clients().plan(SHOP).isEmpty()).isTrue();
    }

    @Test
    void aClientThatIsGoneAtTheServerIsForgottenByHandOnly() {
        clients().apply(clients().plan(SHOP));
        server.clients.clear();

        assertThatThrownBy(() -> clients().plan(SHOP))
                .hasMessageStartingWith(
                        "dynamic registration at " + server.url() + " does not tell about client 'shop': ")
                .hasMessageEndingWith("; if it was deleted there, say forget(\"shop\") on the registry");
        registry.forget("shop");
        clients().apply(clients().plan(SHOP));
        assertThat(server.clients).hasSize(1);
    }

    @Test
    void aClientWithTheNameOfASecondOneIsToldAndNeverDeleted() {
        ClientSpec other = ClientSpec.service("shop-2").scopes("stock.read");
        ClientPlan plan = clients().plan(SHOP, other);
        assertThat(plan.plan().warnings()).extracting("code").containsExactly("clients.name-taken");
        clients().apply(plan);
        Rotation rotation = clients().rotation(() -> Instant.EPOCH);

        assertThatThrownBy(() -> rotation.begin(SHOP))
                .isInstanceOf(RegistryException.class)
                .hasMessageStartingWith("clients.name-taken: ")
                .hasMessageContaining("'shop-2'");

        assertThat(server.clients).hasSize(2);
        assertThat(drawer.revealed("shop-2")).isNotEmpty();
        assertThat(rotation.go(SHOP).phase()).isEqualTo(RotationPhase.STABLE);
    }

    /** What the server was told, and the book was not, cannot be found again; its stamp tells it to an administrator. */
    @Test
    void aClientThatNoBookRemembersCarriesTheStampOfItsRotation() {
        RegistrationBook inner = RegistrationBook.inMemory();
        RegistrationBook torn = new RegistrationBook() {
            @Override
            public Map<String, Entry> entries() throws StoreException {
                return inner.entries();
            }

            @Override
            public void keep(String id, Entry entry) throws StoreException {
                if (id.equals("shop-2") && inner.entry("torn").isEmpty()) {
                    inner.keep("torn", entry);
                    throw new AssertionError("killed before the book was written");
                }
                inner.keep(id, entry);
            }

            @Override
            public void forget(String id) throws StoreException {
                inner.forget(id);
            }
        };
        try (DynamicRegistry there = DynamicRegistry.at(server.url().toString(), torn)) {
            OAuthClients clients = OAuthClients.of("shop-team", there, drawer);
            clients.apply(clients.plan(SHOP));
            Rotation rotation = clients.rotation(() -> Instant.EPOCH).after(Duration.ofMinutes(1));

            assertThatThrownBy(() -> rotation.begin(SHOP)).hasMessage("killed before the book was written");
            String stamp =
                    drawer.notes(SecretPlace.of("shop-team/shop")).orElseThrow().get("stamp");
            assertThat(rotation.go(SHOP).phase()).isEqualTo(RotationPhase.MOVING);

            assertThat(stamp).matches("[A-Za-z0-9_-]{22}");
            assertThat(server.clients.values())
                    .extracting(each -> each.get("software_id"))
                    .containsExactly(null, "lintel:" + stamp, "lintel:" + stamp);
            assertThat(drawer.notes(SecretPlace.of("shop-team/shop")).orElseThrow())
                    .doesNotContainKey("stamp");
        }
    }

    @Test
    void theBookIsForItsOwnerAlone() throws IOException {
        clients().apply(clients().plan(SHOP));
        Path file = folder.resolve("book/shop.json");

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("book"))))
                .isEqualTo("rwx------");
        Files.writeString(file, "{}");
        assertThatThrownBy(() -> clients().plan(SHOP))
                .hasMessage("what is remembered of dynamic registration at " + server.url() + " cannot be read: the"
                        + " registration in " + file
                        + " is not one that was written here; restore the file, or delete it"
                        + " together with the client at the server");
    }

    @Test
    void aClientThatCannotBeRememberedIsRemovedAgain() {
        RegistrationBook full = new RegistrationBook() {
            @Override
            public Map<String, Entry> entries() {
                return new LinkedHashMap<>();
            }

            @Override
            public void keep(String id, Entry entry) throws StoreException {
                throw new StoreException("the book is full");
            }

            @Override
            public void forget(String id) {
                throw new AssertionError("nothing is there to be forgotten");
            }
        };
        try (DynamicRegistry there = DynamicRegistry.at(server.url().toString(), full)) {
            OAuthClients clients = OAuthClients.of("shop-team", there, drawer);
            assertThatThrownBy(() -> clients.apply(clients.plan(SHOP)))
                    .hasMessage("client 'shop' is registered at " + server.url()
                            + ", but the book is full; it was removed" + " again; mend that, then plan again");
        }
        assertThat(server.clients).isEmpty();
        assertThat(drawer.revealedAll("shop-team/shop")).isEmpty();
    }

    @Test
    void aTokenForNewClientsIsPresentedAndNothingSecretIsTold() {
        try (DynamicRegistry there = registry.initialToken(Secret.of("canary-initial-token"))) {
            OAuthClients clients = OAuthClients.of("shop-team", there, drawer);
            ClientPlan plan = clients.plan(SHOP);
            String told = plan + plan.render() + clients.apply(plan) + there + clients;

            assertThat(told).doesNotContain("secret-1", "looks-after", "canary");
            assertThat(Logs.containing("canary-initial-token")).isEmpty();
            assertThat(Logs.containing("looks-after-assigned")).isEmpty();
        }
        assertThat(server.server.asked())
                .filteredOn(asked -> asked.method().equals("POST"))
                .allMatch(asked -> asked.headers().get("Authorization").equals(List.of("Bearer canary-initial-token")));
    }
}
