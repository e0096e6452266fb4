/** Calls of services: what is sent, what comes back, and what went wrong, in words that say nothing of the inside. */
@CheckReturnValue
package dev.lintel.graphql.upstream;

import com.google.errorprone.annotations.CheckReturnValue;
