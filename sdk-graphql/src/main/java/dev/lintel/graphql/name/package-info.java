/** Which GraphQL name each thing of a document has, and how names are kept. */
@CheckReturnValue
package dev.lintel.graphql.name;

import com.google.errorprone.annotations.CheckReturnValue;
