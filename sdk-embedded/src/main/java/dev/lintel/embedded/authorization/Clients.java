package dev.lintel.embedded.authorization;

import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The registered clients. */
final class Clients {
    private static final int MOST = 100_000;

    private final ConcurrentMap<String, Client> byId = new ConcurrentHashMap<>();
    private final Set<String> restored = ConcurrentHashMap.newKeySet();
    private final InstantSource clock;
    private final SecureRandom random;
    private final Changes changes;

    Clients(InstantSource clock, SecureRandom random, Changes changes) {
        this.clock = clock;
        this.random = random;
        this.changes = changes;
    }

    /** Adds a client; one that was written down by an earlier run of the program may be said again, once. */
    void register(ClientRegistration registration) {
        HashedSecret secret = registration.secret == null ? null : HashedSecret.of(registration.secret, random);
        Client client = new Client(registration.withoutSecret(), secret, null, clock.instant());
        if (restored.remove(client.id())) {
            byId.put(client.id(), client);
            changes.note();
        } else {
            add(client);
        }
    }

    void add(Client client) {
        if (byId.size() >= MOST) {
            throw new IllegalStateException("there are " + MOST + " clients already");
        }
        if (byId.putIfAbsent(client.id(), client) != null) {
            throw new IllegalArgumentException("client '" + client.id() + "' is registered already");
        }
        changes.note();
    }

    /** Puts a client in the place of itself, unless that has changed or gone meanwhile. */
    boolean replace(Client before, Client after) {
        changes.note();
        return byId.replace(before.id(), before, after);
    }

    boolean remove(Client client) {
        changes.note();
        return byId.remove(client.id(), client);
    }

    /** What brings the clients of now back, and removes all others. */
    Runnable checkpoint() {
        Map<String, Client> noted = new TreeMap<>(byId);
        return () -> {
            byId.keySet().retainAll(noted.keySet());
            byId.putAll(noted);
            changes.note();
        };
    }

    Optional<Client> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** How many registered themselves. */
    long managed() {
        return byId.values().stream()
                .filter(client -> client.management() != null)
                .count();
    }

    List<Client> all() {
        return new ArrayList<>(byId.values());
    }

    void restore(List<Client> before) {
        before.forEach(client -> {
            byId.put(client.id(), client);
            if (client.management() == null && client.said().mark == null) {
                restored.add(client.id());
            }
        });
    }

    /** The scopes of all clients, in alphabetical order. */
    List<String> scopes() {
        return byId.values().stream()
                .map(Client::scopes)
                .flatMap(Collection::stream)
                .distinct()
                .sorted()
                .toList();
    }
}
