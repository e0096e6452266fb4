package dev.lintel.embedded;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** How an egress proxy looks names up; the system's own way unless something else is said. */
@FunctionalInterface
public interface EgressResolver {
    /**
     * Looks a name up. It may block, and is called by several threads.
     *
     * @param host a host name in lower case
     * @return all its addresses; each of them is checked before one is connected to
     * @throws UnknownHostException if there is no such name
     */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
