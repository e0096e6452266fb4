package dev.lintel.auth.token;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells listeners, and comes to no harm by them. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Announcer.class);

    private final List<TokenListener> listeners;
    private final boolean heard;

    Announcer(List<TokenListener> others) {
        List<TokenListener> all = new ArrayList<>();
        all.add(new TokenLog());
        all.addAll(others);
        this.listeners = List.copyOf(all);
        this.heard = !others.isEmpty();
    }

    /** Whether anybody wants to hear of every single call. */
    boolean heard() {
        return heard;
    }

    <E extends TokenEvent> void tell(BiConsumer<TokenListener, E> how, E event) {
        for (TokenListener listener : listeners) {
            try {
                how.accept(listener, event);
            } catch (RuntimeException e) {
                // Only its class: nobody knows what its message holds.
                LOG.warn(
                        "A listener of the tokens of client '{}' threw {}; it is told of later events all the same",
                        event.key().client(),
                        e.getClass().getName());
            }
        }
    }
}
