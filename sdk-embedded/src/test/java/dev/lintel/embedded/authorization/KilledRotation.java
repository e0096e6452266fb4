package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.register.Rotation;
import dev.lintel.auth.register.RotationPhase;
import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;

/** A secret is replaced by a second client, and whoever does it is killed at each moment that there is. */
final class KilledRotation {
    static final String OWNER = "shop";
    static final ClientSpec CHECKOUT = alike("checkout", "shop/checkout-oauth");

    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final SecretPlace PLACE = SecretPlace.of("shop/checkout-oauth");

    final FragileParts parts = new FragileParts(() -> {});
    final MemorySecretSink sink = new MemorySecretSink();
    private final MovableClock clock = new MovableClock();
    private final Predicate<Map<String, String>> getsAToken;

    /**
     * A rotation.
     *
     * @param getsAToken whether {@code client_id} and {@code client_secret} are in force
     */
    KilledRotation(Predicate<Map<String, String>> getsAToken) {
        this.getsAToken = getsAToken;
    }

    /** Clients that differ in their names and places only. */
    static ClientSpec alike(String id, String place) {
        return ClientSpec.service(id).scopes("orders.read").audiences("orders").secretIn(place);
    }

    OAuthClients clients(ClientRegistry registry) {
        return OAuthClients.of(OWNER, parts.around(registry, false), parts.around(sink));
    }

    Rotation rotation(ClientRegistry registry) {
        return clients(registry).rotation(clock).after(GRACE);
    }

    Map<String, String> in(SecretPlace place) {
        return Map.of(
                "client_id", sink.value(place, "client_id").orElseThrow().reveal(),
                "client_secret",
                        sink.value(place, "client_secret").orElseThrow().reveal());
    }

    /** Killed once in each rotation, one moment later each time, until nobody is killed any more. */
    int killedAtEachMoment(ClientRegistry registry, ClientSpec bystander) {
        OAuthClients clients = clients(registry);
        clients.apply(clients.plan(CHECKOUT, bystander));
        SecretPlace theirs = bystander.placeFor(OWNER);
        Map<String, String> before = in(theirs);
        int moment = 0;
        boolean killed = true;
        while (killed) {
            Map<String, String> old = in(PLACE);
            parts.killAt(moment);
            killed = FragileParts.isKilled(() -> whole(registry));
            parts.live();
            assertThat(getsAToken.test(in(PLACE))).as("moment %d", moment).isTrue();

            if (in(PLACE).equals(old)) {
                whole(registry);
            } else {
                finish(registry);
            }

            assertThat(in(PLACE)).as("moment %d", moment).isNotEqualTo(old);
            assertThat(getsAToken.test(in(PLACE))).as("moment %d", moment).isTrue();
            assertThat(getsAToken.test(old)).as("moment %d", moment).isFalse();
            assertThat(registry.ownedBy(OWNER))
                    .as("moment %d", moment)
                    .extracting(KnownClient::id)
                    .hasSize(2)
                    .contains(bystander.id());
            assertThat(clients.plan(CHECKOUT, bystander).isEmpty())
                    .as("moment %d", moment)
                    .isTrue();
            moment++;
        }
        assertThat(in(theirs)).isEqualTo(before);
        assertThat(getsAToken.test(before)).isTrue();
        return moment - 1;
    }

    private void whole(ClientRegistry registry) {
        assertThat(rotation(registry).begin(CHECKOUT).phase()).isEqualTo(RotationPhase.MOVING);
        finish(registry);
    }

    private void finish(ClientRegistry registry) {
        clock.forward(GRACE);
        assertThat(rotation(registry).go(CHECKOUT).isDone()).isTrue();
    }

    /** Cut off when it is noted that a second client will be made, and nothing else. */
    void begunOnly(ClientRegistry registry) {
        cutOff(registry, 2);
    }

    /** Cut off at one moment. */
    void cutOff(ClientRegistry registry, int moment) {
        parts.killAt(moment);
        assertThat(FragileParts.isKilled(() -> whole(registry))).isTrue();
        parts.live();
    }
}
