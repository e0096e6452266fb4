package dev.lintel.embedded.authorization;

import static dev.lintel.auth.OAuth2.oauth2;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.DynamicRegistry;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.register.RegistrationBook;
import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Secret;
import dev.lintel.core.ServiceRef;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One definition asks for tokens, registers the client that gets them, and gets them. */
class RegisteredByPlanTest {
    @Test
    void aDefinitionRegistersItsClientHereAndItsTokensAreWhatItAsksFor() {
        MemorySecretSink sink = new MemorySecretSink();
        try (Office office =
                        new Office(s -> s.registrations(Registrations.open().scopes("orders.read", "orders.write")));
                DynamicRegistry registry =
                        DynamicRegistry.at(office.server.issuer().toString(), RegistrationBook.inMemory())) {
            OAuth2 access = oauth2(registry.issuer()).audience("orders").scope("/orders/**", "orders.read");
            ApiDefinition orders = new ApiDefinition(
                    ServiceRef.service("orders"),
                    "shop",
                    List.of(new Said(access, Origin.unknown())),
                    Origin.unknown());
            OAuthClients clients = OAuthClients.of("shop-team", registry, sink);
            ClientSpec shop = ClientSpec.service("shop").calls(orders);

            List<KnownClient> applied = clients.apply(clients.plan(shop));

            assertThat(clients.plan(shop).isEmpty()).isTrue();
            Secret secret = sink.value(SecretPlace.of("shop-team/shop"), "client_secret")
                    .orElseThrow();
            try (Tokens tokens = OAuthClients.tokens(orders, applied.get(0).clientId(), secret)) {
                assertThat(tokens.token().scopes()).containsExactly("orders.read");
            }
            clients.apply(clients.plan(shop.scopes("orders.write")).allowWidening("refunds"));
            assertThat(clients.plan(shop.scopes("orders.write")).isEmpty()).isTrue();
            clients.apply(clients.plan());
            assertThat(registry.ownedBy("shop-team")).isEmpty();
        }
    }
}
