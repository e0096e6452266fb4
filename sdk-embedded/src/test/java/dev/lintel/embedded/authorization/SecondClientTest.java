package dev.lintel.embedded.authorization;

import static dev.lintel.embedded.authorization.KilledRotation.CHECKOUT;
import static dev.lintel.embedded.authorization.KilledRotation.OWNER;
import static dev.lintel.embedded.authorization.KilledRotation.alike;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.DynamicRegistry;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.register.RegistrationBook;
import dev.lintel.auth.register.RegistryException;
import dev.lintel.auth.register.RotationPhase;
import dev.lintel.auth.store.SecretPlace;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Second clients that rotations make, beside clients of the same metadata that somebody else has made. */
class SecondClientTest {
    private static final ClientSpec OTHER = alike("checkout-2", "elsewhere/till");

    private final Office office = new Office(settings ->
            settings.registrations(Registrations.open().scopes("orders.read").audiences("orders")));
    private final KilledRotation killed = new KilledRotation(this::getsAToken);
    private final RegistrationBook book = RegistrationBook.inMemory();
    private final DynamicRegistry dynamic =
            DynamicRegistry.at(office.server.issuer().toString(), killed.parts.around(book));

    @AfterEach
    void close() {
        dynamic.close();
        office.close();
    }

    private boolean getsAToken(Map<String, String> values) {
        return office.caller
                        .token(values.get("client_id"), values.get("client_secret"), "grant_type=client_credentials")
                        .statusCode()
                == 200;
    }

    private ClientRegistry registry(boolean embedded) {
        return embedded ? office.server.registry() : dynamic;
    }

    @Test
    void whoeverIsKilledWithADynamicClientGoesOn() {
        assertThat(killed.killedAtEachMoment(dynamic, alike("till", "elsewhere/till")))
                .as("before and after: three notes, a put, a registration with a line of the book, a deletion with two")
                .isEqualTo(18);
    }

    @Test
    void whoeverIsKilledAtTheServerItselfGoesOn() {
        assertThat(killed.killedAtEachMoment(office.server.registry(), alike("till", "elsewhere/till")))
                .isEqualTo(12);
    }

    /** Made by a plan after the rotation had begun: alike in everything but the stamp, and in use. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientOfTheSecondsNameAndMetadataIsLeftAloneAndTold(boolean embedded) {
        ClientRegistry registry = registry(embedded);
        OAuthClients clients = killed.clients(registry);
        clients.apply(clients.plan(CHECKOUT));
        killed.begunOnly(registry);
        clients.apply(clients.plan(CHECKOUT, OTHER));
        Map<String, String> theirs = killed.in(SecretPlace.of("elsewhere/till"));
        String assigned = embedded ? "" : " (" + theirs.get("client_id") + " there)";

        assertThatThrownBy(() -> killed.rotation(registry).go(CHECKOUT))
                .isInstanceOf(RegistryException.class)
                .hasMessage(
                        "clients.name-taken: the secret of client 'checkout' is not replaced, because its second client"
                                + " would be called 'checkout-2', and " + registry.name() + " has one of that name"
                                + assigned
                                + " which was not made for this and is left alone; give that one another id, then go on");

        assertThat(getsAToken(theirs)).isTrue();
        clients.apply(clients.plan(CHECKOUT, alike("till", "elsewhere/other")));
        assertThat(killed.rotation(registry).go(CHECKOUT).generation()).isEqualTo(2);
        assertThat(registry.ownedBy(OWNER))
                .extracting(KnownClient::id)
                .containsExactlyInAnyOrder("checkout", "checkout-2", "till");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPlanDoesNotTakeUpTheClientThatARotationHasLeft(boolean embedded) {
        ClientRegistry registry = registry(embedded);
        OAuthClients clients = killed.clients(registry);
        clients.apply(clients.plan(CHECKOUT));
        // Made, and in the book where there is one; its secret has not come to the sink.
        killed.cutOff(registry, embedded ? 3 : 5);

        assertThat(clients.plan(CHECKOUT, OTHER).problems())
                .extracting(problem -> problem.code() + " " + problem.path() + ": " + problem.message())
                .containsExactly(
                        "clients.name-taken client checkout-2: is the second client of 'checkout', whose secret is"
                                + " being replaced: made by one who was cut off, and to be made anew");
        assertThat(killed.rotation(registry).go(CHECKOUT).phase()).isEqualTo(RotationPhase.MOVING);
    }
}
