package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Explanation;
import dev.lintel.embedded.wire.RequestHead;
import org.jspecify.annotations.Nullable;

/** Hears of every request that has come to its end, before the client does; on an event loop, so it must be quick. */
@FunctionalInterface
public interface Recorder {
    /**
     * A request has come to its end.
     *
     * @param head what was asked for
     * @param explanation what was decided and why; null if it was refused before
     * @param status what was answered; 0 if nothing was
     * @param whole whether the answer was given to its end
     */
    void ended(RequestHead head, @Nullable Explanation explanation, int status, boolean whole);
}
