package dev.lintel.embedded.serve;

/** A connection that hears when the gateway stops; called on its event loop. */
interface Leaving {
    /** Ends what is under way, and takes nothing new. */
    void stop();
}
