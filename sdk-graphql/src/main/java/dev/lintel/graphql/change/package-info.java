/** What a newer document means for those who query the graph of an older one. */
@CheckReturnValue
package dev.lintel.graphql.change;

import com.google.errorprone.annotations.CheckReturnValue;
