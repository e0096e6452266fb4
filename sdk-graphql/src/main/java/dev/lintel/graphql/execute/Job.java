package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Pick;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A call that an object of the answer needs for one of its fields.
 *
 * @param pick the field
 * @param target the object
 * @param index of the field in it
 * @param path of the field
 * @param value the object as the service answered it
 * @param origin the call that answered the object itself, null if it is a part of an answer
 */
record Job(
        Pick pick,
        Made target,
        int index,
        List<Object> path,
        Map<?, ?> value,
        @Nullable Origin origin) {}
