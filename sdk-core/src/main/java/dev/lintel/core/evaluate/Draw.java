package dev.lintel.core.evaluate;

import java.util.concurrent.ThreadLocalRandom;

/** The source of chance for splits, mirrors and faults. */
@FunctionalInterface
public interface Draw {
    /** Chance as the JVM has it, without locks. */
    Draw RANDOM = bound -> ThreadLocalRandom.current().nextInt(bound);

    /**
     * Draws a number.
     *
     * @param bound more than 0
     * @return 0 to {@code bound - 1}, each as likely as the others
     */
    int below(int bound);
}
