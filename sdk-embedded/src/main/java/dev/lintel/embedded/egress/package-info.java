/** The forward proxy: what an application may call outside, address by address and byte by byte. */
package dev.lintel.embedded.egress;
