package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.chaos.Disturbance;
import dev.lintel.embedded.authorization.http.Listener;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * What goes wrong with connections before there is a request. Refusing waits for the event loop, which is where resets are
 * counted: no lock is held for both.
 */
final class Connections {
    private final Listener listener;
    private final Runnable note;
    private final Object door = new Object();
    private final CopyOnWriteArrayList<Refused> refused = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Reset> resetting = new CopyOnWriteArrayList<>();

    /**
     * Nothing yet.
     *
     * @param listener what accepts connections
     * @param note told of each connection that was reset
     */
    Connections(Listener listener, Runnable note) {
        this.listener = listener;
        this.note = note;
    }

    private final class Refused extends Trouble {
        Refused() {
            super("refused connections");
        }

        @Override
        public void close() {
            synchronized (door) {
                if (refused.remove(this) && refused.isEmpty()) {
                    listener.accept();
                }
            }
        }
    }

    private final class Reset extends Trouble {
        private final int most;

        Reset(int most) {
            super("reset connections");
            this.most = most;
        }

        @Override
        public void close() {
            resetting.remove(this);
        }
    }

    Disturbance refuse() {
        synchronized (door) {
            Refused one = new Refused();
            refused.add(one);
            listener.refuse();
            return one;
        }
    }

    /**
     * Resets connections.
     *
     * @param most how many; 0 for all
     */
    Disturbance reset(int most) {
        Reset one = new Reset(most);
        resetting.add(one);
        listener.turnAway(this::turnedAway);
        return one;
    }

    /** Called for each connection that comes, on the one event loop. Answers whether it is to be reset. */
    private boolean turnedAway() {
        Reset first = resetting.stream().findFirst().orElse(null);
        if (first == null) {
            return false;
        }
        note.run();
        if (first.met() == first.most) {
            first.close();
        }
        return true;
    }

    void clear() {
        refused.forEach(Refused::close);
        resetting.clear();
    }
}
