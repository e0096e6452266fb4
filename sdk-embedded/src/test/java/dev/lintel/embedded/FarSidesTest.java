package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import dev.lintel.core.VirtualClock;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere.ClientToken;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.elsewhere.FarSides;
import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.elsewhere.Shown;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Far sides that no model has any more, under a clock that stands still. */
class FarSidesTest {
    private final FakeService issuer =
            FakeService.start((asked, out) -> asked.socket().getInputStream().read());
    private final List<Runnable> later = new ArrayList<>();
    private final List<Duration> lengths = new ArrayList<>();
    private final FarSides sides = new FarSides(
            new SecretReader(ref -> Optional.of(Secret.of("secret"))),
            Runnable::run,
            VirtualClock.of(Instant.parse("2030-01-01T12:00:00Z")),
            new Time() {
                @Override
                public long nanos() {
                    return 0;
                }

                @Override
                public Timer after(long nanos, Runnable work) {
                    lengths.add(Duration.ofNanos(nanos));
                    later.add(work);
                    return Timer.NONE;
                }
            });

    @AfterEach
    void close() {
        sides.close();
        issuer.close();
    }

    private ApiModel api(String client) {
        ClientToken token = new ClientToken(issuer.uri().toString(), client, Far.SECRET, List.of());
        return new ModelCompiler(Kinds.installed())
                .compile(
                        List.of(Far.orders(Far.proven(URI.create("http://127.0.0.1:1"), token))
                                .define()),
                        new World("localhost"))
                .model()
                .apis()
                .get(0);
    }

    /** Who waits for a token of a far side is told when that is closed. */
    private CompletableFuture<Shown> waiting(String client) {
        FarSide side = sides.of(api(client));
        return side.proof().get().toCompletableFuture();
    }

    @Test
    void one_that_no_model_has_is_closed_a_while_later_whatever_the_clock_says() {
        CompletableFuture<Shown> waiting = waiting("one");

        sides.retain(MeshModel.EMPTY);
        assertThat(waiting).isNotDone();
        assertThat(lengths).containsExactly(Duration.ofMinutes(5));

        later.forEach(Runnable::run);
        assertThat(waiting).isCompletedExceptionally();
    }

    @Test
    void only_so_many_are_kept() {
        List<CompletableFuture<Shown>> all = new ArrayList<>();
        for (int i = 0; i < 18; i++) {
            all.add(waiting("client" + i));
            sides.retain(MeshModel.EMPTY);
        }

        assertThat(all.subList(0, 2)).allMatch(CompletableFuture::isCompletedExceptionally);
        assertThat(all.subList(2, 18)).noneMatch(CompletableFuture::isDone);
        later.forEach(Runnable::run);
        assertThat(all).allMatch(CompletableFuture::isCompletedExceptionally);
    }

    @Test
    void one_that_the_model_has_stays_the_same() {
        ApiModel api = api("one");
        FarSide side = sides.of(api);

        sides.retain(new MeshModel(List.of(api)));

        assertThat(sides.of(api)).isSameAs(side);
        assertThat(later).isEmpty();
    }
}
