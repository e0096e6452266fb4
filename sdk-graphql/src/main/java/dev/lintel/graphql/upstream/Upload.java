package dev.lintel.graphql.upstream;

import java.util.Objects;

/**
 * A file that a client sends, as the value of an argument of the type {@code Bytes}; it is read while it is sent on.
 *
 * @param fileName as the client calls it, may be empty
 * @param mediaType as the client says, empty if it says none
 * @param length in bytes, -1 if that is not known
 * @param source of its bytes
 */
public record Upload(String fileName, String mediaType, long length, Content.Source source) {
    /** Checks that nothing is missing. */
    public Upload {
        Objects.requireNonNull(fileName, "fileName");
        Objects.requireNonNull(mediaType, "mediaType");
        Objects.requireNonNull(source, "source");
    }

    @Override
    public String toString() {
        return "a file";
    }
}
