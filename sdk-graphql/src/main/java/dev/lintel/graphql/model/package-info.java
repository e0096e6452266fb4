/** Operations and types of an API, and what was lost when they were read: values that know neither OpenAPI nor GraphQL. */
@CheckReturnValue
package dev.lintel.graphql.model;

import com.google.errorprone.annotations.CheckReturnValue;
