/** The way to services: addresses, connections, and one pool of them on each event loop. */
package dev.lintel.embedded.upstream;
