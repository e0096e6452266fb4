package dev.lintel.traffic.rollout;

import java.util.Optional;

/** Where it is kept how far rollouts are, and who may go on with one: one for each API at a time. */
public interface RolloutStore {
    /**
     * Takes the record of an API, before anybody else can.
     *
     * @param api the API's id, for example {@code orders.shop}
     * @param who who takes it, for those who are refused meanwhile
     * @return the record, held until it is closed or this process ends
     * @throws RolloutException if somebody else holds it, who is named; or the store cannot be used
     */
    Held open(String api, String who);

    /** The record of one API, held by one rollout. Used by one thread at a time. */
    interface Held extends AutoCloseable {
        /**
         * Reads what was written last.
         *
         * @return empty if nothing was
         * @throws RolloutException if it cannot be read, or is not what was written
         */
        Optional<RolloutRecord> read();

        /**
         * Replaces what was written before; when it answers, the record outlives a crash as far as this store's records do.
         *
         * @param record the new record
         * @throws RolloutException if it cannot be written; then the one before is in place
         */
        void write(RolloutRecord record);

        /** Lets others take it. The record stays. */
        @Override
        void close();
    }

    /**
     * A store that lasts as long as this object.
     *
     * @return an empty store
     */
    static RolloutStore inMemory() {
        return new MemoryRolloutStore();
    }
}
