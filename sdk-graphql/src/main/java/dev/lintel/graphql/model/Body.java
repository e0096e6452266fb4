package dev.lintel.graphql.model;

import java.util.Objects;

/**
 * What an operation is sent beside its parameters.
 *
 * @param mediaType in which it is sent
 * @param required whether it must be sent
 * @param use its type
 * @param description in Markdown, may be empty
 */
public record Body(String mediaType, boolean required, Use use, String description) {
    /** Checks that nothing is missing. */
    public Body {
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(use, "use");
        Objects.requireNonNull(description, "description");
    }
}
