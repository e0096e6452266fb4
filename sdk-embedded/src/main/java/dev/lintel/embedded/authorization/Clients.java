package dev.lintel.embedded.authorization;

import java.security.SecureRandom;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** The registered clients. */
final class Clients {
    private final ConcurrentMap<String, Client> byId = new ConcurrentHashMap<>();
    private final SecureRandom random;

    Clients(SecureRandom random) {
        this.random = random;
    }

    void register(ClientRegistration registration) {
        Client client = new Client(
                registration.id(),
                HashedSecret.of(registration.secret(), random),
                registration.scopes(),
                registration.audiences(),
                registration.grants());
        if (byId.putIfAbsent(client.id(), client) != null) {
            throw new IllegalArgumentException("client '" + client.id() + "' is registered already");
        }
    }

    /** What brings the clients of now back, and removes all others. */
    Runnable checkpoint() {
        Map<String, Client> noted = new TreeMap<>(byId);
        return () -> {
            byId.keySet().retainAll(noted.keySet());
            byId.putAll(noted);
        };
    }

    Optional<Client> find(String id) {
        return Optional.ofNullable(byId.get(id));
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
