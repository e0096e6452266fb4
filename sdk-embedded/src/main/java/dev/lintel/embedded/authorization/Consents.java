package dev.lintel.embedded.authorization;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What users have allowed which clients, so that they are asked once. */
final class Consents {
    private static final int MOST = 100_000;

    private final Map<Between, Allowed> all = new LinkedHashMap<>();

    private record Between(String subject, String client) {}

    private record Allowed(Set<String> scopes, Set<String> audiences) {}

    synchronized boolean cover(String subject, String client, List<String> scopes, List<String> audiences) {
        Allowed allowed = all.get(new Between(subject, client));
        return allowed != null
                && allowed.scopes().containsAll(scopes)
                && allowed.audiences().containsAll(audiences);
    }

    synchronized void remember(String subject, String client, List<String> scopes, List<String> audiences) {
        Between between = new Between(subject, client);
        if (all.size() >= MOST && !all.containsKey(between)) {
            all.remove(all.keySet().iterator().next());
        }
        Allowed allowed = all.computeIfAbsent(between, b -> new Allowed(new HashSet<>(), new HashSet<>()));
        allowed.scopes().addAll(scopes);
        allowed.audiences().addAll(audiences);
    }

    synchronized void forgetAll() {
        all.clear();
    }
}
