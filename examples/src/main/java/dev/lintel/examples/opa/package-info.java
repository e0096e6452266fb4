/** A policy of OPA beside the definition: packaged, signed, served, and asked about every request. */
package dev.lintel.examples.opa;
