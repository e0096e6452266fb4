package dev.lintel.benchmarks.fleet;

/**
 * What one caller got.
 *
 * @param id which request
 * @param expected the version that the model decides for it
 * @param length how long its body was
 * @param status the answer's status; 0 if there was none
 * @param servedBy the origin that answered; empty if none did
 * @param overloaded whether the gateway said that it takes no more
 * @param detail what the gateway said in place of the service; empty for answers of origins
 * @param micros when it was sent, microseconds since 1970
 */
record Outcome(
        long id,
        String expected,
        int length,
        int status,
        String servedBy,
        boolean overloaded,
        String detail,
        long micros) {}
