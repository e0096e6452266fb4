/** Graphs that are deployed to a mesh as front proxies. */
package dev.lintel.testbed.graphql;
