/** Compares what a service answers with what its graph answers. */
@CheckReturnValue
package dev.lintel.graphql.check;

import com.google.errorprone.annotations.CheckReturnValue;
