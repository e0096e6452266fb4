/** Who calls, by certificate: an authority of the gateway's own, what it issues, and how what clients show is judged. */
package dev.lintel.embedded.identity;
