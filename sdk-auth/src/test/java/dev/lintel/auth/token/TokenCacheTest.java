package dev.lintel.auth.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.Core;
import dev.lintel.auth.testing.FakeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class TokenCacheTest {
    private static final Coordinates BASE = Coordinates.of("https://id.example", "shop", "token-exchange");

    private final Core world = new Core(Duration.ofHours(1));
    private final Map<Coordinates, FakeSource> sources = new ConcurrentHashMap<>();

    private TokenCache cache(int most) {
        return TokenCache.of(
                key -> sources.computeIfAbsent(key, unknown -> new FakeSource(world.time, Duration.ofHours(1))),
                world.settings().executor(Runnable::run),
                most);
    }

    private static Coordinates user(int number) {
        return BASE.subject("user-" + number);
    }

    @Test
    void eachKeyHasATokenOfItsOwnAndOneHandle() {
        try (TokenCache cache = cache(100)) {
            TokenHandle alice = cache.handle(BASE.subject("alice"));
            assertThat(cache.handle(BASE.subject("alice"))).isSameAs(alice);
            assertThat(cache.token(BASE.subject("alice"))).isSameAs(alice.token());
            assertThat(cache.get(BASE.subject("bob")).toCompletableFuture().join())
                    .isNotSameAs(alice.token());
            assertThat(sources).hasSize(2);
            assertThat(sources.values()).allMatch(source -> source.requests() == 1);
        }
    }

    @Test
    void aKeyThatIsPushedOutKeepsItsOneTokenAsLongAsItIsHeld() {
        try (TokenCache cache = cache(10)) {
            List<TokenHandle> held = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                held.add(cache.handle(user(i)));
                held.get(i).token();
            }
            for (int i = 0; i < 100; i++) {
                assertThat(cache.handle(user(i))).isSameAs(held.get(i));
                assertThat(cache.token(user(i))).isSameAs(held.get(i).token());
            }
            assertThat(sources.values()).allMatch(source -> source.requests() == 1);
        }
    }

    @Test
    void aSourceMayBeSaidWithTheKey() {
        try (TokenCache cache = cache(10)) {
            FakeSource own = new FakeSource(world.time, Duration.ofHours(1));
            assertThat(cache.handle(user(1), own).token().value().reveal()).isEqualTo("t1");
            assertThat(cache.handle(user(1), new FakeSource(world.time, Duration.ZERO))
                            .token())
                    .isSameAs(cache.token(user(1)));
            assertThat(own.requests()).isOne();
            assertThat(sources).isEmpty();
        }
    }

    @Test
    void explanationsAreToldByKey() {
        try (TokenCache cache = cache(10)) {
            assertThat(cache.explain(user(1))).isEmpty();
            AccessToken two = cache.token(user(2));
            AccessToken one = cache.token(user(1));
            assertThat(cache.explain(user(1)).orElseThrow().token().id()).isEqualTo(one.id());
            assertThat(cache.explain()).extracting(state -> state.key()).containsExactly(user(1), user(2));
            assertThat(two).isNotSameAs(one);
        }
    }

    @Test
    void closingEndsAllHandles() {
        TokenCache cache = cache(10);
        TokenHandle handle = cache.handle(user(1));
        assertThat(handle.token()).isNotNull();
        cache.close();
        assertThatThrownBy(handle::token).hasMessage("The token client 'shop' is closed");
        assertThatThrownBy(() -> cache.token(user(1))).hasMessage("The token client 'shop' is closed");
        assertThatThrownBy(() -> cache(0)).hasMessage("at least 1 key must be kept, but the number was 0");
    }
}
