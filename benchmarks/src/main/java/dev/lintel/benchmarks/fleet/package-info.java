/** Six origins with faults behind one gateway for a minute, and a judge who explains every answer by what the origins saw. */
package dev.lintel.benchmarks.fleet;
