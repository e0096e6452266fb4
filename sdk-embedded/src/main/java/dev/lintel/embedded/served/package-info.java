/** What the APIs that the gateway serves itself may use of it: the ways to the services that they call. */
package dev.lintel.embedded.served;
