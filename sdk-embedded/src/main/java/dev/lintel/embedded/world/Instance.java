package dev.lintel.embedded.world;

import dev.lintel.embedded.upstream.Address;
import java.util.concurrent.atomic.LongAdder;

/** One workload that can take a request, and how many it was given. */
public sealed interface Instance {
    /** Counts requests, not tries. */
    LongAdder calls();

    /** The same workload, that was given nothing yet. */
    Instance afresh();

    /** Another process, reached over HTTP. */
    record Remote(Address address, LongAdder calls) implements Instance {
        /** A workload that was given nothing yet. */
        public Remote(Address address) {
            this(address, new LongAdder());
        }

        @Override
        public Remote afresh() {
            return new Remote(address);
        }
    }

    /** A function in this JVM. */
    record Local(LocalFunction function, LongAdder calls) implements Instance {
        /** A workload that was given nothing yet. */
        public Local(LocalFunction function) {
            this(function, new LongAdder());
        }

        @Override
        public Local afresh() {
            return new Local(function);
        }
    }
}
