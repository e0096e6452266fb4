package dev.lintel.embedded.serve;

import io.netty.channel.Channel;

/** What is done with the connections that a listener accepts. */
@FunctionalInterface
interface Door {
    /** Prepares a connection. */
    void open(Channel channel);
}
