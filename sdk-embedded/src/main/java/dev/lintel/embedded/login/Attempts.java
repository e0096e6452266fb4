package dev.lintel.embedded.login;

import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.WebLogin;
import dev.lintel.auth.oauth.credential.Randoms;
import dev.lintel.core.Secret;
import dev.lintel.core.evaluate.Request;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Logins that have begun in a browser, each in a cookie of its own, so that several tabs do not disturb each other. */
final class Attempts {
    /** So many at once in one browser; the oldest go. */
    static final int MOST = 4;

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int LONGEST = 4000;
    private static final int REMEMBERED = 10_000;

    private final String prefix;
    private final Seal seal;
    private final InstantSource clock;
    private final RandomGenerator random;
    /** Attempts that were finished: a copy of the cookie does not finish them again. */
    private final Map<String, Long> finished = new LinkedHashMap<>();

    /**
     * A login that has begun. Prints without its secrets.
     *
     * @param cookie the name of its cookie
     * @param began when
     * @param key what its other half is sealed with
     * @param pending what the OAuth client needs to finish it
     * @param path where the browser wants to go
     */
    record Attempt(String cookie, long began, Secret key, Secret pending, String path) {
        @Override
        public String toString() {
            return "attempt in " + cookie;
        }
    }

    Attempts(String cookie, Seal seal, InstantSource clock, RandomGenerator random) {
        this.prefix = cookie + "_p";
        this.seal = seal;
        this.clock = clock;
        this.random = random;
    }

    Secret newKey() {
        return Secret.of(Randoms.text(random, 32));
    }

    /** The cookies for a new attempt; they remove the oldest where there are too many. */
    List<String> begin(WebLogin.Begun begun, Secret key, String path, SessionKeys keys, Request request) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("t", Long.toString(clock.millis()));
        members.put("k", key.reveal());
        members.put("p", begun.pending().reveal());
        members.put("r", path);
        String name = prefix + Randoms.text(random, 9);
        String value =
                keys.seal(StrictJson.write(members).getBytes(StandardCharsets.UTF_8), purpose(name, request), random);
        List<String> cookies = new ArrayList<>();
        List<Attempt> others = new ArrayList<>(all(keys, request));
        others.sort(Comparator.comparingLong(Attempt::began));
        for (String one : names(request)) {
            if (others.stream().noneMatch(other -> other.cookie().equals(one))) {
                cookies.add(CookieParts.remove(one));
            }
        }
        for (int i = 0; i <= others.size() - MOST; i++) {
            cookies.add(CookieParts.remove(others.get(i).cookie()));
        }
        cookies.add(CookieParts.set(name, value, PATIENCE));
        return cookies;
    }

    /** Those that a browser shows, as far as they are good. */
    List<Attempt> all(SessionKeys keys, Request request) {
        List<Attempt> all = new ArrayList<>();
        for (String name : names(request)) {
            String value = request.cookie(name);
            byte[] opened = value == null || value.length() > LONGEST ? null : keys.open(value, purpose(name, request));
            Attempt attempt = opened == null ? null : read(name, opened);
            if (attempt != null) {
                all.add(attempt);
            }
        }
        return all;
    }

    private byte[] purpose(String name, Request request) {
        return (new String(seal.attempt(Seal.host(request)), StandardCharsets.UTF_8) + '\0' + name)
                .getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable Attempt read(String name, byte[] opened) {
        Optional<Map<String, Object>> members = StrictJson.object(opened);
        if (members.isEmpty()
                || !(members.get().get("t") instanceof String began)
                || !(members.get().get("k") instanceof String key)
                || !(members.get().get("p") instanceof String pending)
                || !(members.get().get("r") instanceof String path)) {
            return null;
        }
        long time = Long.parseLong(began);
        return clock.millis() - time >= PATIENCE.toMillis() || isFinished(name)
                ? null
                : new Attempt(name, time, Secret.of(key), Secret.of(pending), path);
    }

    private synchronized boolean isFinished(String name) {
        return finished.containsKey(name);
    }

    /** Whether nobody has finished it before; from now on, somebody has. */
    synchronized boolean finish(Attempt attempt) {
        long now = clock.millis();
        finished.values().removeIf(end -> end <= now);
        if (finished.size() >= REMEMBERED) {
            finished.remove(finished.keySet().iterator().next());
        }
        return finished.putIfAbsent(attempt.cookie(), now + PATIENCE.toMillis()) == null;
    }

    /** The names of a browser's attempts, so many as are ever looked at. */
    private List<String> names(Request request) {
        String header = request.header("cookie");
        List<String> names = new ArrayList<>();
        if (header != null) {
            for (String pair : header.split("[;,]", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? "" : pair.substring(0, equals).strip();
                if (name.startsWith(prefix) && names.size() < 2 * MOST && !names.contains(name)) {
                    names.add(name);
                }
            }
        }
        return names;
    }
}
