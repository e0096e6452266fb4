package dev.lintel.embedded.upstream;

import dev.lintel.embedded.balance.Load;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one event loop to one workload of a version whose connections are limited, and who waits for them. As
 * in Envoy the limit holds for all loops together, but a lane without a connection may have one in any case, so that who
 * waits always waits for a connection of this lane and never for another loop.
 */
final class Lane implements Home {
    private final EventLoop loop;
    private final Connector connector;
    private final Address address;
    private final Load load;
    private final int mostResting;
    private final Deque<Connection> idle = new ArrayDeque<>();
    private final Deque<Receiver> waiting = new ArrayDeque<>();
    private int connections;
    private int opening;

    Lane(EventLoop loop, Connector connector, Address address, Load load, int mostResting) {
        this.loop = loop;
        this.connector = connector;
        this.address = address;
        this.load = load;
        this.mostResting = mostResting;
    }

    /** As {@link Pool#acquire(Address, Load, Receiver)}. */
    @Nullable
    Waiting acquire(Receiver receiver) {
        Connection found = Pool.open(idle);
        if (found != null) {
            found.give(receiver);
            return null;
        }
        if (!load.pending().tryAcquire()) {
            load.overflowed();
            receiver.failed(Failure.OVERFLOW);
            return null;
        }
        waiting.addLast(receiver);
        open();
        return () -> leave(receiver);
    }

    private void leave(Receiver receiver) {
        if (waiting.remove(receiver)) {
            load.pending().release();
        }
    }

    private @Nullable Receiver next() {
        Receiver next = waiting.pollFirst();
        if (next != null) {
            load.pending().release();
        }
        return next;
    }

    /** Makes a connection if somebody waits for whom none is being made, and the limit allows it. */
    private void open() {
        if (waiting.size() <= opening) {
            return;
        }
        if (!load.connections().tryAcquire()) {
            if (connections > 0) {
                return;
            }
            load.connections().acquire();
        }
        connections++;
        opening++;
        connector.connect(loop, this, address, new Opening());
    }

    private void gone() {
        connections--;
        load.connections().release();
    }

    private void serve(Connection connection) {
        Receiver next = next();
        if (next != null) {
            connection.give(next);
        } else if (idle.size() >= mostResting) {
            connection.close();
        } else {
            connection.idle();
            connection.restingSince = System.nanoTime();
            idle.addLast(connection);
        }
    }

    @Override
    public void rest(Connection connection) {
        if (connection.isOpen()) {
            serve(connection);
        } else {
            connection.close();
        }
    }

    @Override
    public void forget(Connection connection) {
        idle.remove(connection);
        if (connection.counted) {
            connection.counted = false;
            gone();
            open();
        }
    }

    /** Closes what rested too long; says whether nothing is left here. */
    boolean sweep(long now, long restNanos) {
        while (!idle.isEmpty() && now - idle.getFirst().restingSince > restNanos) {
            idle.removeFirst().close();
        }
        return connections == 0 && waiting.isEmpty();
    }

    /** Hears what becomes of a connection that is being made; it is for whoever waits the longest then. */
    private final class Opening implements Receiver {
        @Override
        public void connected(Connection connection) {
            opening--;
            connection.counted = true;
            serve(connection);
        }

        @Override
        public void failed(Failure failure) {
            opening--;
            gone();
            // As long as there is a connection, the others have something to wait for.
            for (int n = connections == 0 ? waiting.size() : 1; n > 0; n--) {
                Receiver next = next();
                if (next != null) {
                    next.failed(failure);
                }
            }
            open();
        }

        @Override
        public void head(HttpResponse response) {
            ReferenceCountUtil.release(response);
        }

        @Override
        public void content(HttpContent content) {
            content.release();
        }

        @Override
        public void readComplete() {}

        @Override
        public void writable(boolean writable) {}
    }
}
