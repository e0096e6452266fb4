/** OpenAPI documents as they are read from files and texts: within limits, and without going anywhere else. */
@CheckReturnValue
package dev.lintel.graphql.document;

import com.google.errorprone.annotations.CheckReturnValue;
