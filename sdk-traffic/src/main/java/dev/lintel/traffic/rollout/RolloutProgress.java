package dev.lintel.traffic.rollout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;

/** Writes one line for each event: time (UTC), API, and what happened. */
public final class RolloutProgress implements Consumer<RolloutEvent> {
    private final Appendable out;

    private RolloutProgress(Appendable out) {
        this.out = out;
    }

    /**
     * Writes to what takes text.
     *
     * @param out a print stream or a string builder, for example; it gets one whole line with each call
     * @return a listener for {@link RolloutRun#listener}
     */
    public static RolloutProgress to(Appendable out) {
        return new RolloutProgress(out);
    }

    @Override
    public void accept(RolloutEvent event) {
        try {
            out.append(line(event) + "\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * An event as it is written.
     *
     * @param event the event
     * @return one line without its end
     */
    public static String line(RolloutEvent event) {
        return event.at().truncatedTo(ChronoUnit.SECONDS) + " " + event.api() + " " + event.text();
    }
}
