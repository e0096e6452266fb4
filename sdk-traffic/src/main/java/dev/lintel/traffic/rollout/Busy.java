package dev.lintel.traffic.rollout;

import dev.lintel.core.plan.Backend;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Who rolls out what in this JVM, whatever store it uses. Backends are told apart by identity: an equal one is another
 * world.
 */
final class Busy {
    private static final ConcurrentMap<Place, String> HOLDERS = new ConcurrentHashMap<>();

    private record Place(Backend backend, String api) {
        @Override
        @SuppressWarnings("ReferenceEquality") // two equal backends are two worlds
        public boolean equals(@Nullable Object other) {
            return other instanceof Place place && place.backend == backend && place.api.equals(api);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(backend) + api.hashCode();
        }
    }

    private Busy() {}

    /** Takes the API in that world, and answers what gives it back. */
    static Runnable enter(Backend backend, String api, String who) {
        Place place = new Place(backend, api);
        String other = HOLDERS.putIfAbsent(place, who);
        if (other != null) {
            throw RolloutException.held(api, other);
        }
        return () -> HOLDERS.remove(place, who);
    }
}
