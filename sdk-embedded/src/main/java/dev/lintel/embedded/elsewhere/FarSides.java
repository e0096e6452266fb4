package dev.lintel.embedded.elsewhere;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The far sides of one gateway. One that the model does not have any more is kept for a while, because requests that are
 * under way go on with it.
 */
public final class FarSides implements AutoCloseable {
    private static final Duration GRACE = Duration.ofMinutes(5);

    private final SecretReader secrets;
    private final Executor executor;
    private final InstantSource clock;
    private final Map<Key, FarSide> sides = new HashMap<>();
    private final Deque<Retired> retired = new ArrayDeque<>();

    private record Key(String api, Elsewhere said) {}

    private record Retired(FarSide side, Instant at) {}

    /**
     * Far sides.
     *
     * @param secrets reads what they need
     * @param executor where secrets are read
     * @param clock what time it is
     */
    public FarSides(SecretReader secrets, Executor executor, InstantSource clock) {
        this.secrets = secrets;
        this.executor = executor;
        this.clock = clock;
    }

    /** The far side of an API; null if its service is not elsewhere. The same one as long as nothing is said otherwise. */
    public synchronized @Nullable FarSide of(ApiModel api) {
        Elsewhere said = api.service().traffic().elsewhere();
        return said == null
                ? null
                : sides.computeIfAbsent(
                        new Key(api.id(), said), key -> new FarSide(key.api, said, secrets, executor, clock));
    }

    /** Forgets those that a model does not have. */
    public synchronized void retain(MeshModel model) {
        Instant now = clock.instant();
        for (Iterator<Map.Entry<Key, FarSide>> all = sides.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, FarSide> entry = all.next();
            Key key = entry.getKey();
            if (model.api(key.api)
                    .filter(api -> key.said.equals(api.service().traffic().elsewhere()))
                    .isEmpty()) {
                all.remove();
                retired.add(new Retired(entry.getValue(), now));
            }
        }
        while (!retired.isEmpty() && retired.getFirst().at.plus(GRACE).isBefore(now)) {
            retired.removeFirst().side.close();
        }
    }

    /** Whether a secret can be had now is a question of plans. */
    public SecretReader secrets() {
        return secrets;
    }

    @Override
    public synchronized void close() {
        sides.values().forEach(FarSide::close);
        retired.forEach(one -> one.side.close());
        sides.clear();
        retired.clear();
    }
}
