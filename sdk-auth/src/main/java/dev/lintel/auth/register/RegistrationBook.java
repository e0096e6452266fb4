package dev.lintel.auth.register;

import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.auth.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of clients that were registered dynamically, because the server lists nobody: by their names here, with
 * the tokens that their registration is looked after with. As secret as these.
 */
public interface RegistrationBook {
    /**
     * Everything that is remembered.
     *
     * @return the entries by the clients' names
     * @throws StoreException if it cannot be read
     */
    Map<String, Entry> entries() throws StoreException;

    /**
     * What is remembered of a client.
     *
     * @param id its name here
     * @return empty if nothing is
     * @throws StoreException if it cannot be read
     */
    default Optional<Entry> entry(String id) throws StoreException {
        return Optional.ofNullable(entries().get(id));
    }

    /**
     * Remembers a client, in place of what was remembered of it. Returns when it is safe.
     *
     * @param id its name here
     * @param entry what to remember
     * @throws StoreException if it could not be kept; what was there before still is
     */
    void keep(String id, Entry entry) throws StoreException;

    /**
     * Forgets a client.
     *
     * @param id its name here
     * @throws StoreException if it could not be forgotten
     */
    void forget(String id) throws StoreException;

    /**
     * A book that ends with the process; what it knows must not be needed afterwards.
     *
     * @return an empty book
     */
    static RegistrationBook inMemory() {
        return new RegistrationBook() {
            private final Map<String, Entry> entries = new LinkedHashMap<>();

            @Override
            public synchronized Map<String, Entry> entries() {
                return new LinkedHashMap<>(entries);
            }

            @Override
            public synchronized void keep(String id, Entry entry) {
                entries.put(id, entry);
            }

            @Override
            public synchronized void forget(String id) {
                entries.remove(id);
            }

            @Override
            public String toString() {
                return "registrations in memory";
            }
        };
    }

    /**
     * A client that is remembered. Prints without secrets.
     *
     * @param owner whose it is
     * @param stamp what it was made with, as {@link ClientRegistry#create} says; null for none
     * @param audiences those that it was registered for, which servers take without telling
     * @param client what the server answered, secrets included
     * @param leaving whether its deletion has begun, so that it may be gone at the server already
     */
    record Entry(
            String owner, @Nullable String stamp, List<String> audiences, RegisteredClient client, boolean leaving) {
        /** Keeps the audiences. */
        public Entry {
            audiences = List.copyOf(audiences);
        }

        /** The same with what the server answers now. */
        Entry with(RegisteredClient now) {
            return new Entry(owner, stamp, audiences, now, leaving);
        }

        Entry leaving(boolean now) {
            return new Entry(owner, stamp, audiences, client, now);
        }
    }
}
