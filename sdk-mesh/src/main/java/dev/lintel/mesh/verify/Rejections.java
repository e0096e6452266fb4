package dev.lintel.mesh.verify;

import java.util.List;
import java.util.Objects;

/** Asks which proxies have rejected what they were sent: they go on with what they had before. */
@FunctionalInterface
public interface Rejections {
    /**
     * Asks once.
     *
     * @return those that hold now, of all proxies
     * @throws IllegalStateException if it cannot be found out; the message says why, for people
     */
    List<Rejection> ask();

    /**
     * What one proxy has rejected.
     *
     * @param proxy its name, for example {@code orders-v1.shop}
     * @param namespace where it runs
     * @param gateway whether requests enter by it
     * @param what is rejected, for example {@code Listener}
     * @param text the proxy's own words
     */
    record Rejection(String proxy, String namespace, boolean gateway, String what, String text) {
        private static final int LONGEST = 1000;

        /** Checks that nothing is missing, and cuts the words. */
        public Rejection {
            Objects.requireNonNull(proxy, "proxy");
            Objects.requireNonNull(namespace, "namespace");
            Objects.requireNonNull(what, "what");
            text = text.length() > LONGEST ? text.substring(0, LONGEST) + "..." : text;
        }
    }
}
