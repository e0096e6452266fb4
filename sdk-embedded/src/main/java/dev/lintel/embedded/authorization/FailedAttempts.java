package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/** How often each client has failed to prove itself within this minute. */
final class FailedAttempts {
    private static final int CLIENTS = 10_000;
    /** Stands for all that no client can be called, so that nobody fills the memory with it; no id is empty. */
    private static final String NO_ID = "";

    private final InstantSource clock;
    private final int most;
    private final Map<String, Integer> failures = new LinkedHashMap<>();
    private Instant end = Instant.MIN;

    FailedAttempts(InstantSource clock, int most) {
        this.clock = clock;
        this.most = most;
    }

    /** Refuses a client that has failed too often, before anything of it is looked at. */
    synchronized void check(String client) throws OAuthError {
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            failures.clear();
            end = now.plus(Lifetimes.MINUTE);
        }
        if (failures.getOrDefault(key(client), 0) >= most) {
            throw OAuthError.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "this client has failed to authenticate too often, wait a minute");
        }
    }

    synchronized void forgetAll() {
        failures.clear();
    }

    /** Names that do not exist are counted too, as many as there is room for. */
    synchronized void failed(String client) {
        String key = key(client);
        if (failures.size() < CLIENTS || failures.containsKey(key)) {
            failures.merge(key, 1, Integer::sum);
        }
    }

    private static String key(String client) {
        return ClientRegistration.isId(client) ? client : NO_ID;
    }
}
