/** What may come in from a wire and go out to one: messages are checked and cleaned here, before anything is decided. */
package dev.lintel.embedded.wire;
