package dev.lintel.auth.store;

import java.time.Instant;

/** What a store says to somebody who wants a lease. */
public sealed interface LeaseAnswer {
    /**
     * It is given.
     *
     * @param lease to be released when the work is done
     */
    record Acquired(Lease lease) implements LeaseAnswer {}

    /**
     * Somebody else has it.
     *
     * @param by who, in words for people
     * @param until when it ends unless it is renewed, by the clock of the store
     */
    record Held(String by, Instant until) implements LeaseAnswer {
        /**
         * The answer to somebody whose lease ended, and was taken and given back by somebody else since.
         *
         * @param lease what ended
         * @return that it is gone
         */
        public static Held meanwhile(Lease lease) {
            return new Held("somebody else, who is done", lease.until());
        }
    }

    /**
     * The store cannot say: nobody may conclude that the lease is free.
     *
     * @param why without anything secret
     */
    record Failed(String why) implements LeaseAnswer {}
}
