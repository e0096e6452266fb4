package dev.lintel.embedded.serve;

import io.netty.handler.codec.http.HttpContent;

/** Where the body of a request goes. Used on the event loop only. */
interface Sink {
    /** Whether it takes a part now; if not, the client is not read. */
    boolean ready();

    /** Takes a part and releases it. */
    void take(HttpContent content);

    /** All that was there to read has been read: the moment to flush. */
    default void flush() {}

    /** The client takes more again, or asks to wait. */
    default void clientWritable(boolean writable) {}

    /** When this must be looked at again, in {@link Ticks}. */
    default long deadline() {
        return Ticks.NEVER;
    }

    /** The deadline has come. */
    default void expired(long now) {}

    /** The gateway stops: what is under way is to end soon. */
    default void stopping() {}

    /** Nobody waits for the answer any more. */
    default void cancel() {}

    /** Takes nothing yet: something must be known first. */
    Sink WAITING = new Sink() {
        @Override
        public boolean ready() {
            return false;
        }

        @Override
        public void take(HttpContent content) {
            content.release();
        }
    };
}
