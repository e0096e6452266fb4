package dev.lintel.embedded.elsewhere;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.balance.Time;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The far sides of one gateway. One that the model does not have any more is kept for a while, because requests that are
 * under way go on with it; but only so many are, as each may hold a client with threads of its own.
 */
public final class FarSides implements AutoCloseable {
    private static final long GRACE = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_RETIRED = 16;

    private final SecretReader secrets;
    private final Executor executor;
    private final InstantSource clock;
    private final Time running;
    private final Map<Key, FarSide> sides = new HashMap<>();
    private final Deque<FarSide> retired = new ArrayDeque<>();

    private record Key(String api, Elsewhere said) {}

    /**
     * Far sides.
     *
     * @param secrets reads what they need
     * @param executor where secrets are read
     * @param clock what time it is, for tokens and secrets
     * @param running time that goes on whatever the clock says: by it those that nobody needs any more are closed
     */
    public FarSides(SecretReader secrets, Executor executor, InstantSource clock, Time running) {
        this.running = running;
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
        for (Iterator<Map.Entry<Key, FarSide>> all = sides.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, FarSide> entry = all.next();
            Key key = entry.getKey();
            if (model.api(key.api)
                    .filter(api -> key.said.equals(api.service().traffic().elsewhere()))
                    .isEmpty()) {
                all.remove();
                retire(entry.getValue());
            }
        }
    }

    private void retire(FarSide side) {
        if (side.proof() == null) {
            return;
        }
        retired.add(side);
        if (retired.size() > MOST_RETIRED) {
            retired.removeFirst().close();
        }
        var unused = running.after(GRACE, () -> end(side));
    }

    private void end(FarSide side) {
        boolean kept;
        synchronized (this) {
            kept = retired.remove(side);
        }
        if (kept) {
            side.close();
        }
    }

    /** Whether a secret can be had now is a question of plans. */
    public SecretReader secrets() {
        return secrets;
    }

    @Override
    public synchronized void close() {
        sides.values().forEach(FarSide::close);
        retired.forEach(FarSide::close);
        sides.clear();
        retired.clear();
    }
}
