/** A data plane on one machine: workloads with real sidecars and gateways, each in a network namespace of its own. */
@NullMarked
package dev.lintel.testbed.plane;

import org.jspecify.annotations.NullMarked;
