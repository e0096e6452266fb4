/** The data path: listens, takes one request of a connection at a time, and answers it or passes it on. */
package dev.lintel.embedded.serve;
