/** The gateway beside its peers: each in a process of its own, one upstream, one load generator, one run. */
@NullMarked
package dev.lintel.benchmarks.gateway;

import org.jspecify.annotations.NullMarked;
