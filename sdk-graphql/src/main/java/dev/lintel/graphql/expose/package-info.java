/** Graphs as APIs: what is said about them on the chain, what it means, and who may ask for which field. */
@CheckReturnValue
package dev.lintel.graphql.expose;

import com.google.errorprone.annotations.CheckReturnValue;
