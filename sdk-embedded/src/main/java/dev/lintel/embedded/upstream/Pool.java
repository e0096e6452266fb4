package dev.lintel.embedded.upstream;

import dev.lintel.embedded.balance.Load;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop, the most recently used first. It is used on that loop only, so it needs no lock, and
 * a request never leaves the thread that read it.
 */
@SuppressWarnings("FutureReturnValueIgnored") // the sweep is never awaited
public final class Pool implements Home {
    private final EventLoop loop;
    private final Connector connector;
    private final long restNanos;
    private final int perAddress;
    private final Map<Address, Deque<Connection>> resting = new HashMap<>();
    private final IdentityHashMap<Load, Map<Address, Lane>> lanes = new IdentityHashMap<>();
    private boolean sweeping;

    /**
     * A pool.
     *
     * @param loop where it is used
     * @param connector makes connections
     * @param restNanos how long a connection may rest before it is closed
     * @param perAddress how many connections to one address may rest
     */
    public Pool(EventLoop loop, Connector connector, long restNanos, int perAddress) {
        this.loop = loop;
        this.connector = connector;
        this.restNanos = restNanos;
        this.perAddress = perAddress;
    }

    /** Gives the receiver a connection: at once if one rests, otherwise when it is made. */
    public void acquire(Address address, Receiver receiver) {
        Deque<Connection> idle = resting.get(address);
        Connection found = idle == null ? null : open(idle);
        if (found == null) {
            connector.connect(loop, this, address, receiver);
        } else {
            found.give(receiver);
        }
    }

    /**
     * Gives the receiver a connection of a version whose connections are limited. Such connections are the version's own.
     *
     * @param load what the version has; null if it is not limited
     * @return stops the waiting; null if it is over already, or is for nothing but a connection that is being made
     */
    public @Nullable Waiting acquire(Address address, @Nullable Load load, Receiver receiver) {
        if (load == null) {
            acquire(address, receiver);
            return null;
        }
        Map<Address, Lane> own = lanes.get(load);
        Lane lane = own == null ? null : own.get(address);
        if (lane == null) {
            lane = new Lane(loop, connector, address, load, perAddress);
            lanes.computeIfAbsent(load, l -> new HashMap<>()).put(address, lane);
        }
        Waiting waiting = lane.acquire(receiver);
        if (!sweeping) {
            sweepLater();
        }
        return waiting;
    }

    static @Nullable Connection open(Deque<Connection> idle) {
        Connection found = idle.pollLast();
        while (found != null && !found.isOpen()) {
            found = idle.pollLast();
        }
        return found;
    }

    @Override
    public void rest(Connection connection) {
        Deque<Connection> idle = resting.computeIfAbsent(connection.address(), a -> new ArrayDeque<>());
        if (idle.size() >= perAddress || !connection.isOpen()) {
            connection.close();
            return;
        }
        connection.restingSince = System.nanoTime();
        idle.addLast(connection);
        if (!sweeping) {
            sweepLater();
        }
    }

    @Override
    public void forget(Connection connection) {
        Deque<Connection> idle = resting.get(connection.address());
        if (idle != null) {
            idle.remove(connection);
        }
    }

    private void sweepLater() {
        sweeping = true;
        loop.schedule(this::sweep, restNanos / 2, TimeUnit.NANOSECONDS);
    }

    private void sweep() {
        sweeping = false;
        long now = System.nanoTime();
        for (Iterator<Deque<Connection>> all = resting.values().iterator(); all.hasNext(); ) {
            Deque<Connection> idle = all.next();
            while (!idle.isEmpty() && now - idle.getFirst().restingSince > restNanos) {
                idle.removeFirst().close();
            }
            if (idle.isEmpty()) {
                all.remove();
            }
        }
        for (Iterator<Map<Address, Lane>> all = lanes.values().iterator(); all.hasNext(); ) {
            Map<Address, Lane> own = all.next();
            own.values().removeIf(lane -> lane.sweep(now, restNanos));
            if (own.isEmpty()) {
                all.remove();
            }
        }
        if (!resting.isEmpty() || !lanes.isEmpty()) {
            sweepLater();
        }
    }
}
