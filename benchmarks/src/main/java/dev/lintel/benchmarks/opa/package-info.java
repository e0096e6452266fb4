/** What an external authorizer costs beside its own round trip. */
package dev.lintel.benchmarks.opa;
