/** How chaos is made: what stands between a listener and its endpoints, and lets requests through or not. */
package dev.lintel.embedded.authorization.faults;
