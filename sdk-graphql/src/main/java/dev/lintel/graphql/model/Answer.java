package dev.lintel.graphql.model;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an operation answers if all went well.
 *
 * @param status as in the document, such as {@code 200}, {@code 2XX} or {@code default}; {@code none} if it says none
 * @param mediaType of the content, empty if there is none
 * @param use its type, null if there is no content
 */
public record Answer(
        String status, String mediaType, @Nullable Use use) {
    /** Checks that nothing is missing. */
    public Answer {
        Objects.requireNonNull(status, "status");
        Objects.requireNonNull(mediaType, "mediaType");
    }
}
