package dev.lintel.embedded.upstream;

/** Where a connection belongs. */
interface Home {
    /** It has done its work and may be used again. */
    void rest(Connection connection);

    /** It is closed now. */
    void forget(Connection connection);
}
