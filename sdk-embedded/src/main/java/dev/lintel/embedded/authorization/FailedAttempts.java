package dev.lintel.embedded.authorization;

import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * How often each client's secret was guessed wrongly within this minute, from each address: who guesses locks out only
 * whoever else is there, not the client somewhere else. Clients without a secret have none that could be guessed, so they
 * are never locked out. Names that do not exist are counted too, so that the limit does not tell which do, but apart:
 * however many somebody makes up, there is room for the clients.
 */
final class FailedAttempts {
    private static final int STRANGERS = 10_000;
    /** How many times the limit of one address all of them together have, which also bounds how many are counted. */
    private static final long ADDRESSES = 100;
    /** Stands for all that no client can be called, so that nobody fills the memory with it; no id is empty. */
    private static final String NO_ID = "";

    private final Clients clients;
    private final InstantSource clock;
    private final int most;
    private final Map<String, Failures> ofClients = new LinkedHashMap<>();
    private final Map<Stranger, Integer> ofStrangers = new LinkedHashMap<>();
    private Instant end = Instant.MIN;

    FailedAttempts(Clients clients, InstantSource clock, int most) {
        this.clients = clients;
        this.clock = clock;
        this.most = most;
    }

    /** A name that no client has, and where it came from. */
    private record Stranger(String id, String address) {}

    /** Those of one client. */
    private static final class Failures {
        private final Map<String, Integer> byAddress = new LinkedHashMap<>();
        private long all;
    }

    /** Refuses a client that has failed too often, before anything of it is looked at. */
    synchronized void check(String client, String address) throws OAuthError {
        Instant now = clock.instant();
        if (!end.isAfter(now)) {
            forgetAll();
            end = now.plus(Lifetimes.MINUTE);
        }
        if (hasFailedTooOften(client, place(address))) {
            throw OAuthError.of(
                    ErrorCode.TEMPORARILY_UNAVAILABLE,
                    "this client has failed to authenticate too often, wait a minute");
        }
    }

    private boolean hasFailedTooOften(String client, String place) {
        Optional<Client> found = clients.find(client);
        if (found.isEmpty()) {
            return ofStrangers.getOrDefault(stranger(client, place), 0) >= most;
        }
        Failures failures = ofClients.get(client);
        return hasSecret(found.get())
                && failures != null
                && (failures.byAddress.getOrDefault(place, 0) >= most || failures.all >= ADDRESSES * most);
    }

    synchronized void forgetAll() {
        ofClients.clear();
        ofStrangers.clear();
    }

    /** Counts a failure: of each client with a secret, and of as many strangers as there is room for. */
    synchronized void failed(String client, String address) {
        String place = place(address);
        Optional<Client> found = clients.find(client);
        if (found.isEmpty()) {
            Stranger stranger = stranger(client, place);
            if (ofStrangers.size() < STRANGERS || ofStrangers.containsKey(stranger)) {
                ofStrangers.merge(stranger, 1, Integer::sum);
            }
        } else if (hasSecret(found.get())) {
            Failures failures = ofClients.computeIfAbsent(client, id -> new Failures());
            failures.byAddress.merge(place, 1, Integer::sum);
            failures.all++;
        }
    }

    private static boolean hasSecret(Client client) {
        return client.method() == ClientMethod.SECRET;
    }

    private static Stranger stranger(String client, String place) {
        return new Stranger(ClientRegistration.isId(client) ? client : NO_ID, place);
    }

    /** Who has one address of IPv6 has its whole network, the first 64 bits (RFC 4291, 2.5.4), so that counts as one. */
    private static String place(String address) {
        String[] groups = address.split(":", 5);
        return groups.length < 5 ? address : String.join(":", groups[0], groups[1], groups[2], groups[3]);
    }
}
