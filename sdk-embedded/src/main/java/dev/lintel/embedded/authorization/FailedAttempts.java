package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How often each client has failed to prove itself within this minute. Names that do not exist are counted too, so that
 * the limit does not tell which do, but apart: however many somebody makes up, there is room for the clients.
 */
final class FailedAttempts {
    private static final int STRANGERS = 10_000;
    /** Stands for all that no client can be called, so that nobody fills the memory with it; no id is empty. */
    private static final String NO_ID = "";

    private final Clients clients;
    private final InstantSource clock;
    private final int most;
    private final Map<String, Integer> ofClients = new LinkedHashMap<>();
    private final Map<String, Integer> ofStrangers = new LinkedHashMap<>();
    private Instant end = Instant.MIN;

    FailedAttempts(Clients clients, InstantSource clock, int most) {
        this.clients = clients;
        this.clock = clock;
        this.most = most;
    }

    /** Refuses a client that has failed too often, before anything of it is looked at. */
    synchronized void check(String client) throws OAuthError {
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            forgetAll();
            end = now.plus(Lifetimes.MINUTE);
        }
        if (counts(client).getOrDefault(key(client), 0) >= most) {
            throw OAuthError.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "this client has failed to authenticate too often, wait a minute");
        }
    }

    synchronized void forgetAll() {
        ofClients.clear();
        ofStrangers.clear();
    }

    /** Counts a failure: of each client there is, and of as many strangers as there is room for. */
    synchronized void failed(String client) {
        Map<String, Integer> counts = counts(client);
        String key = key(client);
        if (counts == ofClients || counts.size() < STRANGERS || counts.containsKey(key)) {
            counts.merge(key, 1, Integer::sum);
        }
    }

    private Map<String, Integer> counts(String client) {
        return clients.find(client).isPresent() ? ofClients : ofStrangers;
    }

    private static String key(String client) {
        return ClientRegistration.isId(client) ? client : NO_ID;
    }
}
