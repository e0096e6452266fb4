/** The quick start, and the small services it needs. */
package dev.lintel.examples;
