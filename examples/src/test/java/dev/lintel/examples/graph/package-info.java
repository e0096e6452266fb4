/** Graphs that the gateway serves. */
package dev.lintel.examples.graph;
