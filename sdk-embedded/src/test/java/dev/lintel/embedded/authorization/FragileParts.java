package dev.lintel.embedded.authorization;

import dev.lintel.auth.register.ClientFacts;
import dev.lintel.auth.register.ClientRegistry;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.register.KnownClient;
import dev.lintel.auth.register.RegistrationBook;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A registry and a sink whose user is killed before or after one of the steps that change something. */
final class FragileParts {
    /** What a killed process does not catch. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;
    }

    private final Runnable watch;
    private int steps;
    private int killedAt = Integer.MAX_VALUE;

    /**
     * Parts.
     *
     * @param watch called after each step
     */
    FragileParts(Runnable watch) {
        this.watch = watch;
    }

    /** Kills at one moment: the even ones are before a step, the odd ones after it. */
    void killAt(int moment) {
        steps = 0;
        killedAt = moment;
    }

    void live() {
        killedAt = Integer.MAX_VALUE;
    }

    /** Whether that was killed. */
    static boolean isKilled(Runnable work) {
        try {
            work.run();
            return false;
        } catch (Killed e) {
            return true;
        }
    }

    private void moment() {
        if (steps++ == killedAt) {
            throw new Killed();
        }
    }

    private void before() {
        moment();
    }

    private void after() {
        watch.run();
        moment();
    }

    ClientRegistry around(ClientRegistry inner, boolean keepsOld) {
        return new ClientRegistry() {
            @Override
            public String name() {
                return inner.name();
            }

            @Override
            public @Nullable String issuer() {
                return inner.issuer();
            }

            @Override
            public Optional<URI> tokenEndpoint() {
                return inner.tokenEndpoint();
            }

            @Override
            public boolean keepsOldSecrets(String id) {
                return keepsOld;
            }

            @Override
            public List<Problem> unable(ClientSpec client) {
                return inner.unable(client);
            }

            @Override
            public ClientFacts expected(ClientSpec client) {
                return inner.expected(client);
            }

            @Override
            public Optional<KnownClient> find(String id) {
                return inner.find(id);
            }

            @Override
            public List<KnownClient> ownedBy(String owner) {
                return inner.ownedBy(owner);
            }

            @Override
            public Credentials create(
                    ClientSpec client, String owner, @Nullable String stamp, @Nullable Secret secret) {
                before();
                Credentials made = inner.create(client, owner, stamp, secret);
                after();
                return made;
            }

            @Override
            public void update(ClientSpec client, String owner) {
                before();
                inner.update(client, owner);
                after();
            }

            @Override
            public void delete(String id) {
                before();
                inner.delete(id);
                after();
            }

            @Override
            public Rotated rotate(String id, Secret secret) {
                before();
                Rotated rotated = inner.rotate(id, secret);
                after();
                return rotated;
            }

            @Override
            public void retire(String id) {
                before();
                inner.retire(id);
                after();
            }
        };
    }

    RegistrationBook around(RegistrationBook inner) {
        return new RegistrationBook() {
            @Override
            public Map<String, Entry> entries() throws StoreException {
                return inner.entries();
            }

            @Override
            public void keep(String id, Entry entry) throws StoreException {
                before();
                inner.keep(id, entry);
                after();
            }

            @Override
            public void forget(String id) throws StoreException {
                before();
                inner.forget(id);
                after();
            }
        };
    }

    SecretSink around(SecretSink inner) {
        return new SecretSink() {
            @Override
            public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes)
                    throws StoreException {
                before();
                inner.put(place, values, notes);
                after();
            }

            @Override
            public void note(SecretPlace place, Map<String, String> notes) throws StoreException {
                before();
                inner.note(place, notes);
                after();
            }

            @Override
            public Optional<Map<String, String>> notes(SecretPlace place) throws StoreException {
                return inner.notes(place);
            }

            @Override
            public void remove(SecretPlace place) throws StoreException {
                before();
                inner.remove(place);
                after();
            }
        };
    }
}
