/** From the tree of an OpenAPI document to operations and types. */
@CheckReturnValue
package dev.lintel.graphql.openapi;

import com.google.errorprone.annotations.CheckReturnValue;
