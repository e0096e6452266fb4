/** The gateway beside its peers: each in a process of its own, one upstream, one load generator, one run. */
package dev.lintel.benchmarks.gateway;
