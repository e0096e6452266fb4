/** Eight services in two namespaces that call each other by their identities: who may call whom, decided and answered. */
package dev.lintel.examples.matrix;
