/**
 * GraphQL over HTTP: requests are read strictly, answered in the media type that was asked for, and streamed as server-sent
 * events; documents may be persisted or trusted.
 */
@com.google.errorprone.annotations.CheckReturnValue
package dev.lintel.graphql.http;
