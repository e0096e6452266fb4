package dev.lintel.embedded.world;

import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.upstream.Address;
import java.util.concurrent.atomic.LongAdder;

/** One workload that can take a request, and how many it was given. */
public sealed interface Instance {
    /** Counts requests, not tries. */
    LongAdder calls();

    /** The same workload, that was given nothing yet. */
    Instance afresh();

    /** What people call it. */
    String name();

    /** Another process, reached over HTTP. */
    record Remote(Address address, Locality locality, LongAdder calls) implements Instance {
        /** A workload of which nobody said where it runs, that was given nothing yet. */
        public Remote(Address address) {
            this(address, Locality.UNKNOWN);
        }

        /** A workload that was given nothing yet. */
        public Remote(Address address, Locality locality) {
            this(address, locality, new LongAdder());
        }

        @Override
        public Remote afresh() {
            return new Remote(address, locality);
        }

        @Override
        public String name() {
            return address.toString();
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

        @Override
        public String name() {
            return "function";
        }
    }
}
