package dev.lintel.embedded.egress;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Looks a name up. It may block. */
public interface Resolver {
    /** All addresses of a name. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
