/** The client of OPA's data API. */
package dev.lintel.embedded.opa;
