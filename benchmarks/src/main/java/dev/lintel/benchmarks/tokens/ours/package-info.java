/** Our token client among those that are measured, and what only it is measured for. */
package dev.lintel.benchmarks.tokens.ours;
