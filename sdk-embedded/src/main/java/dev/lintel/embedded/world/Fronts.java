package dev.lintel.embedded.world;

import dev.lintel.core.Problem;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontProvider;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.balance.Time;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The APIs that one gateway serves itself. One that the model does not have any more is kept for a while, because requests
 * that are under way go on with it; but only so many are, as each may hold clients with threads of their own.
 */
public final class Fronts implements AutoCloseable {
    private static final long GRACE = TimeUnit.MINUTES.toNanos(5);
    private static final int MOST_RETIRED = 16;

    private final BiFunction<String, FrontRule, FrontContext> ways;
    private final Time running;
    private final Map<Key, Served> served = new HashMap<>();
    private final Deque<Served> retired = new ArrayDeque<>();

    private record Key(String api, FrontRule rule) {}

    /**
     * Nothing yet.
     *
     * @param ways makes the ways to services for an API
     * @param running time that goes on whatever the clock says: by it those that nobody needs any more are closed
     */
    public Fronts(BiFunction<String, FrontRule, FrontContext> ways, Time running) {
        this.ways = ways;
        this.running = running;
    }

    /**
     * What serves an API; null if a service does. The same one as long as nothing is said otherwise.
     *
     * @throws IllegalArgumentException if nothing here can serve it
     */
    public synchronized @Nullable Served of(ApiModel api) {
        FrontRule rule = api.front();
        return rule == null ? null : served.computeIfAbsent(new Key(api.id(), rule), this::open);
    }

    private Served open(Key key) {
        FrontProvider provider = FrontProvider.of(key.rule.kind())
                .orElseThrow(() -> new IllegalArgumentException("nothing here serves " + key.rule.kind()));
        return new Served(provider.open(key.rule, ways.apply(key.api, key.rule)));
    }

    /** What stands against serving an API. */
    public static List<Problem> missing(ApiModel api) {
        FrontRule rule = api.front();
        if (rule == null || FrontProvider.of(rule.kind()).isPresent()) {
            return List.of();
        }
        return List.of(new Problem(
                "front.unknown",
                api.id() + " " + rule.kind(),
                "is to be served by the gateway itself, but nothing on the class path serves this kind",
                "add the module that does, for graphql.graph/v1 the dependency dev.lintel:lintel-sdk-graphql",
                rule.origin()));
    }

    /** Forgets those that a model does not have. */
    public synchronized void retain(MeshModel model) {
        for (Iterator<Map.Entry<Key, Served>> all = served.entrySet().iterator(); all.hasNext(); ) {
            Map.Entry<Key, Served> entry = all.next();
            Key key = entry.getKey();
            if (model.api(key.api).filter(api -> key.rule.equals(api.front())).isEmpty()) {
                all.remove();
                retire(entry.getValue());
            }
        }
    }

    private void retire(Served one) {
        retired.add(one);
        if (retired.size() > MOST_RETIRED) {
            retired.removeFirst().close();
        }
        var unused = running.after(GRACE, () -> end(one));
    }

    private void end(Served one) {
        boolean kept;
        synchronized (this) {
            kept = retired.remove(one);
        }
        if (kept) {
            one.close();
        }
    }

    @Override
    public synchronized void close() {
        served.values().forEach(Served::close);
        retired.forEach(Served::close);
        served.clear();
        retired.clear();
    }
}
