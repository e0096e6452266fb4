package dev.lintel.embedded.login;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Secret;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Whoever is kept is found by all of their cookie, at their host, with the very keys that it was read with. */
class SessionCacheTest {
    private static final String END = "the-same-end-of-both";

    private final SessionCache cache = new SessionCache();
    private final SessionKeys keys = keys();

    private static SessionKeys keys() {
        return SessionKeys.parse(Secret.of(Base64.getEncoder().encodeToString(new byte[32])));
    }

    private static Session of(String user) {
        return new Session(user, 0, 1, 2, 1, 2, 2, user, null, List.of(), Map.of(), null, null, null);
    }

    @Test
    void anotherCookieWithTheSameEndIsAnother() {
        cache.put(keys, "a.example", "alice" + END, of("alice"));

        assertThat(cache.get(keys, "a.example", "mallo" + END)).isNull();
        assertThat(cache.get(keys, "a.example", END)).isNull();
        assertThat(cache.get(keys, "a.example", "alice" + END)).isEqualTo(of("alice"));

        cache.put(keys, "a.example", "carol" + END, of("carol"));
        assertThat(cache.get(keys, "a.example", "carol" + END)).isEqualTo(of("carol"));
        assertThat(cache.get(keys, "a.example", "alice" + END)).isNull();
    }

    @Test
    void whatWasReadWithOtherKeysOrAtAnotherHostIsReadAgain() {
        cache.put(keys, "a.example", "alice" + END, of("alice"));

        assertThat(cache.get(keys(), "a.example", "alice" + END)).isNull();
        assertThat(cache.get(keys, "b.example", "alice" + END)).isNull();
    }

    @Test
    void whatIsShortIsKeptToo() {
        cache.put(keys, "a.example", "", of("alice"));
        cache.put(keys, "a.example", "x", of("bob"));

        assertThat(cache.get(keys, "a.example", "")).isEqualTo(of("alice"));
        assertThat(cache.get(keys, "a.example", "x")).isEqualTo(of("bob"));
    }
}
