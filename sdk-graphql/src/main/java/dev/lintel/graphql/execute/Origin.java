package dev.lintel.graphql.execute;

import dev.lintel.graphql.upstream.UpstreamAnswer;
import java.util.Map;

/**
 * The call that an object is the answer of.
 *
 * @param target what was called
 * @param arguments with which
 * @param answer as it came
 */
record Origin(Target target, Map<String, Object> arguments, UpstreamAnswer answer) {}
