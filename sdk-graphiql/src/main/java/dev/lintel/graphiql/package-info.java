/** The page on which people try a graph. */
@CheckReturnValue
package dev.lintel.graphiql;

import com.google.errorprone.annotations.CheckReturnValue;
