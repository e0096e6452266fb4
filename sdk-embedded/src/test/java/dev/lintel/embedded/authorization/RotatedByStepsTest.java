package dev.lintel.embedded.authorization;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.OAuthClients;
import dev.lintel.auth.register.RegistryException;
import dev.lintel.auth.register.Rotation;
import dev.lintel.auth.register.RotationPhase;
import dev.lintel.auth.register.RotationProgress;
import dev.lintel.auth.store.MemorySecretSink;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.Secret;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A secret is replaced under programs that use it, and whoever replaces it is killed at every moment. */
class RotatedByStepsTest {
    private static final Duration GRACE = Duration.ofMinutes(10);
    private static final SecretPlace PLACE = SecretPlace.of("shop/checkout-oauth");
    private static final ClientSpec CHECKOUT = ClientSpec.service("checkout")
            .scopes("orders.read")
            .audiences("orders")
            .secretIn("shop/checkout-oauth");

    private final Office office = new Office();
    private final MemorySecretSink sink = new MemorySecretSink();
    private final FragileParts parts = new FragileParts(this::everyProgramGetsTokens);
    private final List<Program> programs = new ArrayList<>();

    @AfterEach
    void close() {
        office.close();
    }

    /** What a program has read from the sink. */
    private record Program(String id, Secret secret) {}

    private Program reads() {
        return new Program(
                sink.value(PLACE, "client_id").orElseThrow().reveal(),
                sink.value(PLACE, "client_secret").orElseThrow());
    }

    private boolean getsAToken(Program program) {
        return office.caller
                        .token(program.id(), program.secret().reveal(), "grant_type=client_credentials")
                        .statusCode()
                == 200;
    }

    /** Those that were started before, and one that starts now. */
    private void everyProgramGetsTokens() {
        assertThat(programs).allMatch(this::getsAToken);
        if (!programs.isEmpty()) {
            assertThat(getsAToken(reads())).isTrue();
        }
    }

    private OAuthClients clients(boolean keepsOld) {
        return OAuthClients.of("shop", parts.around(office.server.registry(), keepsOld), parts.around(sink));
    }

    private Rotation rotation(boolean keepsOld) {
        return clients(keepsOld).rotation(office.clock).after(GRACE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theOldSecretWorksUntilProgramsHaveMovedAndEndsThen(boolean keepsOld) {
        OAuthClients clients = clients(keepsOld);
        clients.apply(clients.plan(CHECKOUT));
        Program old = reads();
        programs.add(old);

        RotationProgress begun = rotation(keepsOld).begin(CHECKOUT);

        assertThat(begun.phase()).isEqualTo(RotationPhase.MOVING);
        assertThat(begun.text())
                .isEqualTo("client checkout: secret 2 is in shop/checkout-oauth since " + office.clock.instant()
                        + "; the one before is in force until programs use it");
        assertThat(reads().secret()).isNotEqualTo(old.secret());
        assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
        assertThat(clients.plan(CHECKOUT).plan().warnings()).extracting("code").containsExactly("clients.moving");
        office.clock.forward(GRACE.minusSeconds(1));
        assertThat(rotation(keepsOld).go(CHECKOUT).isDone()).isFalse();
        assertThat(rotation(keepsOld).begin(CHECKOUT).generation()).isEqualTo(2);

        programs.set(0, reads());
        office.clock.forward(Duration.ofSeconds(1));
        RotationProgress done = rotation(keepsOld).go(CHECKOUT);

        assertThat(done.text())
                .isEqualTo("client checkout: secret 2 is in shop/checkout-oauth, and no other is in force");
        assertThat(getsAToken(old)).isFalse();
        everyProgramGetsTokens();
        assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
        assertThat(clients.plan(CHECKOUT).plan().warnings()).isEmpty();
        assertThat(office.server.registry().ownedBy("shop")).hasSize(1);
    }

    /** Two secrets after another, each cut off at a moment of its own, for each moment that there is. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whoeverIsKilledAtAnyMomentGoesOnAndProgramsNeverNotice(boolean keepsOld) {
        OAuthClients clients = clients(keepsOld);
        clients.apply(clients.plan(CHECKOUT));
        int kills = 0;
        boolean killed = true;
        for (int moment = 0; killed; moment++) {
            killed = false;
            Program old = reads();
            programs.add(old);
            parts.killAt(moment);
            killed |= FragileParts.isKilled(() -> rotation(keepsOld).begin(CHECKOUT));
            parts.live();
            everyProgramGetsTokens();
            assertThat(rotation(keepsOld).begin(CHECKOUT).phase())
                    .as("moment %d", moment)
                    .isEqualTo(RotationPhase.MOVING);
            programs.add(reads());
            office.clock.forward(GRACE);
            programs.clear();
            programs.add(reads());
            if (!killed) {
                parts.killAt(moment - kills);
                killed = FragileParts.isKilled(() -> rotation(keepsOld).go(CHECKOUT));
                parts.live();
            } else {
                kills++;
            }
            everyProgramGetsTokens();
            assertThat(rotation(keepsOld).go(CHECKOUT).isDone()).isTrue();
            everyProgramGetsTokens();
            assertThat(getsAToken(old)).as("moment %d", moment).isFalse();
            assertThat(office.server.registry().ownedBy("shop")).hasSize(1);
            assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
        }
        assertThat(kills).as("moments while the new secret is made").isEqualTo(6);
    }

    /** Killed again and again without luck, any number of times: what programs have is never pushed out. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whoeverIsKilledAgainAndAgainNeverEndsWhatProgramsHave(long seed) {
        Random random = new Random(seed);
        boolean keepsOld = seed % 2 == 0;
        OAuthClients clients = clients(keepsOld);
        clients.apply(clients.plan(CHECKOUT));
        programs.add(reads());
        for (int i = 0; i < 60; i++) {
            parts.killAt(random.nextInt(9));
            boolean unused = FragileParts.isKilled(() -> {
                RotationProgress progress = random.nextInt(4) == 0
                        ? rotation(keepsOld).begin(CHECKOUT)
                        : rotation(keepsOld).go(CHECKOUT);
                assertThat(progress.generation()).as("seed %d", seed).isPositive();
            });
            parts.live();
            everyProgramGetsTokens();
            if (random.nextInt(3) == 0) {
                // Programs read again within the grace time, as whoever chose it promised.
                programs.clear();
                programs.add(reads());
                office.clock.forward(GRACE);
            }
        }
        programs.clear();
        programs.add(reads());
        office.clock.forward(GRACE);
        assertThat(rotation(keepsOld).begin(CHECKOUT).generation())
                .as("seed %d", seed)
                .isGreaterThan(2);
        office.clock.forward(GRACE);
        programs.set(0, reads());
        assertThat(rotation(keepsOld).go(CHECKOUT).isDone()).as("seed %d", seed).isTrue();
        everyProgramGetsTokens();
    }

    @Test
    void aConditionOfTheProgramsOwnDecidesInPlaceOfTheTime() {
        OAuthClients clients = clients(true);
        clients.apply(clients.plan(CHECKOUT));
        boolean[] moved = {false};
        Rotation rotation = clients.rotation(office.clock).when(() -> moved[0]);
        rotation.begin(CHECKOUT);
        office.clock.forward(Duration.ofDays(7));

        assertThat(rotation.go(CHECKOUT).phase()).isEqualTo(RotationPhase.MOVING);
        moved[0] = true;
        assertThat(rotation.go(CHECKOUT).phase()).isEqualTo(RotationPhase.STABLE);
    }

    @Test
    void registeringThatIsKilledIsDoneByTheNextPlan() {
        for (int moment = 0; moment < 6; moment++) {
            parts.killAt(moment);
            OAuthClients clients = clients(true);
            assertThat(FragileParts.isKilled(() -> clients.apply(clients.plan(CHECKOUT))))
                    .isTrue();
            parts.live();

            clients.apply(clients.plan(CHECKOUT));

            assertThat(getsAToken(reads())).as("moment %d", moment).isTrue();
            assertThat(clients.plan(CHECKOUT).isEmpty()).isTrue();
            clients.apply(clients.plan());
            assertThat(sink.value(PLACE, "client_secret")).isEmpty();
            assertThat(office.server.registry().ownedBy("shop")).isEmpty();
        }
    }

    @Test
    void whatIsNotRegisteredOrOtherwiseIsNotReplaced() {
        OAuthClients clients = clients(true);
        assertThatThrownBy(() -> rotation(true).begin(CHECKOUT))
                .isInstanceOf(RegistryException.class)
                .hasMessage("there is no secret of client 'checkout' in shop/checkout-oauth; apply a plan first, or"
                        + " rotate(\"checkout\")");
        clients.apply(clients.plan(CHECKOUT));
        assertThatThrownBy(() -> rotation(true).begin(CHECKOUT.scopes("orders.write")))
                .hasMessage("client 'checkout' is registered otherwise than it is said here; apply a plan first");
        assertThatThrownBy(
                        () -> rotation(true).begin(ClientSpec.service("other").secretIn("shop/checkout-oauth")))
                .hasMessage(
                        "the secret in shop/checkout-oauth is that of client 'checkout' of 'shop', and is left alone");
        assertThatThrownBy(() -> rotation(true).after(Duration.ofSeconds(-1)))
                .hasMessage("a grace time must not be negative, but was PT-1S");
    }
}
