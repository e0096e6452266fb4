package dev.lintel.embedded.authorization.faults;

/** What a disturbance does to one request. Called on an event loop or a worker, so it must not wait. */
@FunctionalInterface
interface Fault {
    void strike(Strike strike);
}
