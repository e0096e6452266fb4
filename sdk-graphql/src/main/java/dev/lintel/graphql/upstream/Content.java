package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;

/** What a request carries. */
public sealed interface Content {
    /**
     * Of which type it is.
     *
     * @return the value of {@code Content-Type}
     */
    String mediaType();

    /** Where the bytes of a file come from. */
    @FunctionalInterface
    interface Source {
        /**
         * Opens it.
         *
         * @return its bytes from the first; closed by whoever reads them
         * @throws IOException if it cannot be opened, or not again
         */
        InputStream open() throws IOException;
    }

    /**
     * Bytes that are there, so that they can be sent again.
     *
     * @param mediaType of them
     * @param bytes not copied, not to be changed
     */
    // Equal by its bytes; a copy for each call would be the most of what a call costs.
    @SuppressWarnings("ArrayRecordComponent")
    record Bytes(String mediaType, byte[] bytes) implements Content {
        /** Checks that the type can stand in a header. */
        public Bytes {
            Objects.requireNonNull(bytes, "bytes");
            Header unusedChecked = new Header("Content-Type", mediaType);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Bytes that && mediaType.equals(that.mediaType) && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return bytes.length + " bytes of " + mediaType;
        }
    }

    /**
     * Bytes that are read while they are sent: once, never again.
     *
     * @param mediaType of them
     * @param length how many there are, -1 if that is not known
     * @param source of them
     */
    record Stream(String mediaType, long length, Source source) implements Content {
        /** Checks that the type can stand in a header. */
        public Stream {
            Objects.requireNonNull(source, "source");
            Header unusedChecked = new Header("Content-Type", mediaType);
        }

        @Override
        public String toString() {
            return "a stream of " + mediaType;
        }
    }
}
