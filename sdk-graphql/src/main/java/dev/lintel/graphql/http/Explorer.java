package dev.lintel.graphql.http;

import java.util.List;
import java.util.ServiceLoader;

/**
 * A page on which people try a graph, with all that it loads. Found by {@link ServiceLoader}: {@code lintel-sdk-graphiql} has one.
 */
public interface Explorer {
    /**
     * A file that the page loads.
     *
     * @param name one part of a path, for example {@code graphiql.css}
     * @param contentType as its header says it
     * @param bytes not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Asset(String name, String contentType, byte[] bytes) {
        /** Its name and how long it is. */
        @Override
        public String toString() {
            return name + ", " + bytes.length + " bytes";
        }
    }

    /**
     * The files.
     *
     * @return each once
     */
    List<Asset> assets();

    /**
     * The page itself, which has neither scripts nor styles within it.
     *
     * @param nonce that every element that loads a script or a style has to carry
     * @param folder where the files are, relative to the page; ends with {@code /}
     * @param endpoint the path of the graph
     * @return HTML
     */
    String html(String nonce, String folder, String endpoint);
}
