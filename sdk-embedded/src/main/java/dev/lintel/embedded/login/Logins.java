package dev.lintel.embedded.login;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The logins of one gateway. Which sessions have ended is remembered for each client of a provider, also where a login is said
 * otherwise: a provider tells a client once, and cookies of another client are not understood.
 */
public final class Logins implements AutoCloseable {
    private static final int MOST_RETIRED = 16;
    private static final int MOST_STRANGERS = 32;

    private final SecretReader secrets;
    private final Executor executor;
    private final Semaphore strangers = new Semaphore(MOST_STRANGERS);
    private final InstantSource clock;
    private final Map<Key, ApiLogin> logins = new HashMap<>();
    private final Map<Client, Memory> memories = new HashMap<>();
    private final Deque<ApiLogin> retired = new ArrayDeque<>();

    private record Client(String issuer, String id) {}

    private record Key(String api, LoginRule rule, Claims claims) {}

    /**
     * Logins.
     *
     * @param secrets reads clients' secrets and the keys for cookies
     * @param executor where providers are asked; its threads may block, up to 32 at once for people who are not logged in
     * @param clock what time it is, for sessions
     */
    public Logins(SecretReader secrets, Executor executor, InstantSource clock) {
        this.secrets = secrets;
        this.executor = executor;
        this.clock = clock;
    }

    /** The login of an API; null if it has none. The same one as long as nothing is said otherwise. */
    public synchronized @Nullable ApiLogin of(ApiModel api) {
        LoginRule rule = api.entry().login();
        return rule == null
                ? null
                : logins.computeIfAbsent(
                        new Key(api.id(), rule, Claims.of(api, rule)),
                        key -> new ApiLogin(
                                key.api, rule, key.claims, memory(rule), secrets, executor, strangers, clock));
    }

    private Memory memory(LoginRule rule) {
        Memory known = memories.computeIfAbsent(
                new Client(rule.issuer(), rule.clientId()),
                client -> new Memory(new Revocations(), new Renewals(executor, clock)));
        known.revocations().lasting(rule.lifetime().toMillis());
        return known;
    }

    /** Forgets those that a model does not have; requests that are under way go on with theirs for a while. */
    public synchronized void retain(MeshModel model) {
        for (Iterator<Map.Entry<Key, ApiLogin>> all = logins.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, ApiLogin> entry = all.next();
            Key key = entry.getKey();
            if (model.api(key.api).filter(api -> isOf(key, api)).isEmpty()) {
                all.remove();
                retired.add(entry.getValue());
            }
        }
        while (retired.size() > MOST_RETIRED) {
            retired.removeFirst().close();
        }
    }

    private static boolean isOf(Key key, ApiModel api) {
        LoginRule rule = api.entry().login();
        return key.rule.equals(rule) && key.claims.equals(Claims.of(api, rule));
    }

    @Override
    public synchronized void close() {
        logins.values().forEach(ApiLogin::close);
        retired.forEach(ApiLogin::close);
        logins.clear();
        retired.clear();
    }
}
