/** An API as a graph: {@link dev.lintel.graphql.Graph} is where to begin. */
@CheckReturnValue
package dev.lintel.graphql;

import com.google.errorprone.annotations.CheckReturnValue;
