package dev.lintel.kubernetes.preflight;

import java.net.URI;

/**
 * Gets a document by HTTP. Whoever hands one in decides by which proxy and with which certificates; it must not follow
 * redirects, gives up after some seconds, and takes no more than {@link #LIMIT} bytes.
 */
@FunctionalInterface
public interface Fetch {
    /** The most bytes of a document. */
    int LIMIT = 512 * 1024;

    /**
     * Gets.
     *
     * @param address {@code https}, or {@code http} at a loopback address
     * @return the text of an answer with the status 200
     * @throws Exception for any other answer, or none
     */
    String get(URI address) throws Exception;
}
