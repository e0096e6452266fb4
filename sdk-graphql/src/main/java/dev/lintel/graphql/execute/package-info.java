/** Executes queries over a graph: checked and counted first, then with as few calls as the query needs. */
@CheckReturnValue
package dev.lintel.graphql.execute;

import com.google.errorprone.annotations.CheckReturnValue;
