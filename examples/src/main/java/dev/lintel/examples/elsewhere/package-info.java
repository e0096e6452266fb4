/** A service that somebody else runs, behind a gateway of ours: our tokens in front of it, its tokens behind. */
package dev.lintel.examples.elsewhere;
