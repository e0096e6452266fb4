package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Draw;
import dev.lintel.embedded.upstream.Pool;
import dev.lintel.embedded.world.View;
import io.netty.channel.EventLoop;
import java.time.Instant;
import java.time.InstantSource;
import java.util.IdentityHashMap;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What all connections of one gateway share. */
public final class Engine {
    private final Limits limits;
    private final Draw draw;
    private final Executor functions;
    private final Counters counters = new Counters();
    private final Mirrors mirrors = new Mirrors(counters);
    private final IdentityHashMap<EventLoop, Pool> pools;
    private final Askers askers;
    private final InstantSource clock;
    private final @Nullable Recorder recorder;
    private volatile View view;
    private volatile boolean stopping;

    /**
     * What is shared.
     *
     * @param limits what is bounded
     * @param draw the chance for splits
     * @param functions where functions are called
     * @param pools a pool for each event loop
     * @param askers ask external authorizers
     * @param clock the time that they are told
     * @param recorder hears of every request; null if nobody wants to
     * @param view what decides at first
     */
    public Engine(
            Limits limits,
            Draw draw,
            Executor functions,
            IdentityHashMap<EventLoop, Pool> pools,
            Askers askers,
            InstantSource clock,
            @Nullable Recorder recorder,
            View view) {
        this.limits = limits;
        this.draw = draw;
        this.functions = functions;
        this.pools = pools;
        this.askers = askers;
        this.clock = clock;
        this.recorder = recorder;
        this.view = view;
    }

    /** What decides from now on; requests that are under way go on with what they saw. */
    public void view(View changed) {
        View before = view;
        changed.succeed(before);
        view = changed;
    }

    public View view() {
        return view;
    }

    public Counters counters() {
        return counters;
    }

    Mirrors mirrors() {
        return mirrors;
    }

    Askers askers() {
        return askers;
    }

    Instant now() {
        return clock.instant();
    }

    Limits limits() {
        return limits;
    }

    Draw draw() {
        return draw;
    }

    Executor functions() {
        return functions;
    }

    /** Null if nobody wants to hear of requests. */
    @Nullable
    Recorder recorder() {
        return recorder;
    }

    Pool pool(EventLoop loop) {
        Pool pool = pools.get(loop);
        if (pool == null) {
            throw new IllegalStateException("every event loop has a pool");
        }
        return pool;
    }

    void stop() {
        stopping = true;
    }

    boolean stopping() {
        return stopping;
    }
}
