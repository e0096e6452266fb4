/** Several services in one graph: their models as one, in which nothing of one can be taken for something of another. */
@CheckReturnValue
package dev.lintel.graphql.compose;

import com.google.errorprone.annotations.CheckReturnValue;
