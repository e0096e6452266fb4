/** From the arguments of a field to the request of its operation, and from the answer to the value of the field. */
@CheckReturnValue
package dev.lintel.graphql.request;

import com.google.errorprone.annotations.CheckReturnValue;
