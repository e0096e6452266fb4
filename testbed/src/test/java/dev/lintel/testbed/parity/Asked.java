package dev.lintel.testbed.parity;

/** A world that is asked. */
interface Asked {
    /** What comes of a request, in the words of {@link Answers}. */
    String answer(Ask ask);
}
