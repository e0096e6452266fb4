/** Services that run elsewhere: how a gateway proves itself to them, and has them prove who they are. */
package dev.lintel.embedded.elsewhere;
