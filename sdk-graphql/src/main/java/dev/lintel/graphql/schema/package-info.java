/** From operations and types to a GraphQL schema. */
@CheckReturnValue
package dev.lintel.graphql.schema;

import com.google.errorprone.annotations.CheckReturnValue;
