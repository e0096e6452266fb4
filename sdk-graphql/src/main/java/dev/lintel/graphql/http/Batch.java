package dev.lintel.graphql.http;

import java.util.List;

/**
 * The operations of one request.
 *
 * @param all in their order, at least one
 * @param list whether they stood in a list, and are answered as one
 */
record Batch(List<Asked> all, boolean list) {}
