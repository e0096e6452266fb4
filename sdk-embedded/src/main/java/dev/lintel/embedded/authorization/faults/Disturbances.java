package dev.lintel.embedded.authorization.faults;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.authorization.chaos.Chaos;
import dev.lintel.embedded.authorization.chaos.ChaosHit;
import dev.lintel.embedded.authorization.chaos.ChaosPoint;
import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Listener;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

/** The disturbances of one server. While there are none, a request costs one look at an empty list more than without. */
public final class Disturbances implements Chaos {
    private static final int KEPT = 10_000;

    private final CopyOnWriteArrayList<Layer> layers = new CopyOnWriteArrayList<>();
    private final Deque<ChaosHit> hits = new ArrayDeque<>();
    private final Listener listener;
    private final Connections connections;
    private final InstantSource clock;
    private final Runnable rotateKey;
    private final Runnable rotateKeySameKid;

    /**
     * No disturbance yet.
     *
     * @param listener what accepts connections
     * @param clock what time it is for the server
     * @param rotateKey makes a new key
     * @param rotateKeySameKid makes a new key under the old name
     */
    public Disturbances(Listener listener, InstantSource clock, Runnable rotateKey, Runnable rotateKeySameKid) {
        this.listener = listener;
        this.clock = clock;
        this.rotateKey = rotateKey;
        this.rotateKeySameKid = rotateKeySameKid;
        this.connections = new Connections(listener, () -> note("-", "reset before anything was read", false));
    }

    /** The same endpoint, with what goes wrong in front of it. */
    public Endpoint around(Endpoint endpoint) {
        return new Endpoint() {
            @Override
            public Reply answer(Received request) {
                return endpoint.answer(request);
            }

            @Override
            public void answer(Received request, Executor workers, Consumer<Reply> done) {
                if (layers.isEmpty()) {
                    endpoint.answer(request, workers, done);
                } else {
                    go(layers.iterator(), request, then -> endpoint.answer(request, workers, then), alive(done));
                }
            }
        };
    }

    private static void go(
            Iterator<Layer> left, Received request, Consumer<Consumer<Reply>> endpoint, Consumer<Reply> done) {
        while (left.hasNext()) {
            Layer layer = left.next();
            if (layer.claims(request)) {
                layer.strike(request, then -> go(left, request, endpoint, then), done);
                return;
            }
        }
        try {
            endpoint.accept(done);
        } catch (RejectedExecutionException e) {
            done.accept(Reply.text(503, "stopping").by((reply, outlet) -> outlet.reset()));
        }
    }

    /** A request that was kept waiting may be let go after the listener has stopped: then nobody is there any more. */
    private static Consumer<Reply> alive(Consumer<Reply> done) {
        return reply -> {
            try {
                done.accept(reply);
            } catch (RejectedExecutionException e) {
                // The connection was closed with the listener.
            }
        };
    }

    Layer add(Layer layer) {
        layers.add(layer);
        return layer;
    }

    void remove(Layer layer) {
        layers.remove(layer);
    }

    void later(Duration time, Runnable next) {
        listener.later(time, next);
    }

    void note(String request, String what, boolean executed) {
        ChaosHit hit = new ChaosHit(clock.instant(), request, what, executed);
        synchronized (hits) {
            if (hits.size() == KEPT) {
                hits.removeFirst();
            }
            hits.addLast(hit);
        }
    }

    private ChaosPoint at(Place place) {
        return new Point(this, request -> place.paths().contains(request.path()), 0);
    }

    @Override
    public ChaosPoint token() {
        return at(Place.TOKEN);
    }

    @Override
    public ChaosPoint jwks() {
        return at(Place.JWKS);
    }

    @Override
    public ChaosPoint metadata() {
        return at(Place.METADATA);
    }

    @Override
    public ChaosPoint authorization() {
        return at(Place.AUTHORIZATION);
    }

    @Override
    public ChaosPoint introspection() {
        return at(Place.INTROSPECTION);
    }

    @Override
    public ChaosPoint revocation() {
        return at(Place.REVOCATION);
    }

    @Override
    public ChaosPoint registration() {
        return at(Place.REGISTRATION);
    }

    @Override
    public ChaosPoint deviceAuthorization() {
        return at(Place.DEVICE_AUTHORIZATION);
    }

    @Override
    public ChaosPoint pushedAuthorization() {
        return at(Place.PUSHED_AUTHORIZATION);
    }

    @Override
    public ChaosPoint at(String path) {
        return new Point(this, request -> request.path().equals(path), 0);
    }

    @Override
    public ChaosPoint everywhere() {
        return new Point(this, request -> true, 0);
    }

    @Override
    public Disturbance refuseConnections() {
        return connections.refuse();
    }

    @Override
    public Disturbance resetConnections() {
        return connections.reset(0);
    }

    @Override
    public Disturbance resetConnections(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("a disturbance must meet at least 1 connection, but was given " + most);
        }
        return connections.reset(most);
    }

    @Override
    public Disturbance jwksOutage() {
        return jwks().status(503);
    }

    @Override
    public Disturbance loseNextRotationReply() {
        Point point = (Point) token().once().grant("refresh_token");
        return add(new Layer(this, point.whom(), 1, "lost rotation reply", false, Faults.loseGoodReply()));
    }

    @Override
    public void rotateKey() {
        rotateKey.run();
    }

    @Override
    public void rotateKeySameKid() {
        rotateKeySameKid.run();
    }

    @Override
    public VirtualClock clock() {
        if (clock instanceof VirtualClock virtual) {
            return virtual;
        }
        throw new IllegalStateException("the server goes by a clock that cannot be moved; start it with a virtual one:"
                + " AuthorizationServer.start(s -> s.clock(VirtualClock.of(start)))");
    }

    @Override
    public List<ChaosHit> hits() {
        synchronized (hits) {
            return List.copyOf(hits);
        }
    }

    @Override
    public void clear() {
        List.copyOf(layers).forEach(layer -> layer.end(true));
        connections.clear();
        synchronized (hits) {
            hits.clear();
        }
    }

    /** What is disturbed now. */
    @Override
    public String toString() {
        return "chaos " + layers;
    }
}
