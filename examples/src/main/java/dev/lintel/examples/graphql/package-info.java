/** Three services of three kinds behind one protected graph. */
package dev.lintel.examples.graphql;
