package dev.lintel.graphql.expose;

import dev.lintel.core.ServiceRef;
import dev.lintel.graphql.document.OpenApi;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * A service of a graph, and the document that says what it can do. The text of the document is part of the definition, so that
 * the graph is the same wherever it is served.
 *
 * @param service the service, in the namespace of the API
 * @param name with which its types and fields begin; empty for none
 * @param file what problems call the document
 * @param document the text of the document, OpenAPI 3.0, 3.1 or Swagger 2 in JSON or YAML, 512 KiB at most
 * @param tokens with which token it is called
 * @param unsecured whether what the document asks of callers is left to the service alone
 */
public record GraphSource(
        ServiceRef service, String name, String file, String document, GraphTokens tokens, boolean unsecured)
        implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.graph/v1";

    /** How long the text of a document may be, in bytes of UTF-8. */
    public static final int LONGEST = 512 << 10;

    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9]{0,39}");

    /** Checks name and size. */
    public GraphSource {
        Objects.requireNonNull(service, "service");
        name = name == null ? "" : name;
        file = file == null || file.isEmpty() ? "openapi" : file;
        tokens = tokens == null ? GraphTokens.FORWARD : tokens;
        if (document == null || document.isBlank()) {
            throw new IllegalArgumentException("the service '" + service + "' of a graph needs a document");
        }
        if (!name.isEmpty() && !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "the name of a service in a graph has letters and digits, at most 40, and"
                            + " begins with a letter, but was '" + name + "'");
        }
        if (document.length() > LONGEST || document.getBytes(StandardCharsets.UTF_8).length > LONGEST) {
            throw new IllegalArgumentException("the document '" + file + "' has more than " + LONGEST
                    + " bytes; cut it to the operations that the graph is to have");
        }
    }

    /**
     * A service with its document in a file, which is read now.
     *
     * @param file JSON or YAML in UTF-8
     * @param service for example {@code service("catalog-rest")}
     * @return the service, called with the token of the caller where its document asks for one
     * @throws dev.lintel.core.ProblemsException if the file cannot be read or is no such document
     * @throws IllegalArgumentException if it has more than {@link #LONGEST} bytes
     */
    public static GraphSource openApi(Path file, ServiceRef service) {
        return openApi(String.valueOf(file.getFileName()), OpenApi.text(file, LONGEST), service);
    }

    /**
     * A service with the text of its document.
     *
     * @param file what problems call the document
     * @param document JSON or YAML
     * @param service for example {@code service("catalog-rest")}
     * @return the service, called with the token of the caller where its document asks for one
     * @throws dev.lintel.core.ProblemsException if it is no such document
     * @throws IllegalArgumentException if it has more than {@link #LONGEST} bytes
     */
    public static GraphSource openApi(String file, String document, ServiceRef service) {
        GraphSource source = new GraphSource(service, "", file, document, GraphTokens.FORWARD, false);
        OpenApi unusedReads = source.read();
        return source;
    }

    /**
     * The same with a name, with which all its types and its fields of Query and Mutation begin.
     *
     * @param prefix letters and digits, for example {@code billing}
     * @return a new value
     */
    public GraphSource named(String prefix) {
        return new GraphSource(service, prefix, file, document, tokens, unsecured);
    }

    /**
     * The same, called with the token of the caller: only in {@code Authorization} and only if the document has a scheme that
     * is sent there. So it is unless something else is said.
     *
     * @return a new value
     */
    public GraphSource forwardToken() {
        return tokens(GraphTokens.FORWARD);
    }

    /**
     * The same, called without any token.
     *
     * @return a new value
     */
    public GraphSource withoutToken() {
        return tokens(GraphTokens.NONE);
    }

    /**
     * The same, called with a token that the client gets in exchange for the caller's (RFC 8693).
     *
     * @param client who exchanges
     * @param audience whom the token is for
     * @param scopes that are asked for; none for those that the server gives by itself
     * @return a new value
     */
    public GraphSource exchangeToken(GraphClient client, String audience, String... scopes) {
        return tokens(GraphTokens.exchange(client, audience, scopes));
    }

    /**
     * The same, called with a token of the client's own (RFC 6749, 4.4), whoever asks.
     *
     * @param client whose token it is
     * @param scopes that are asked for; none for those that the server gives by itself
     * @return a new value
     */
    public GraphSource ownToken(GraphClient client, String... scopes) {
        return tokens(GraphTokens.own(client, scopes));
    }

    /**
     * The same, where fields ask for nothing that the document asks for: the service alone decides.
     *
     * @return a new value
     */
    public GraphSource ignoreSecurity() {
        return new GraphSource(service, name, file, document, tokens, true);
    }

    private GraphSource tokens(GraphTokens other) {
        return new GraphSource(service, name, file, document, other, unsecured);
    }

    OpenApi read() {
        return OpenApi.of(file, document);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return service.name();
    }

    /** The service and the name of the document, without its text. */
    @Override
    public String toString() {
        return "GraphSource[" + service + ", " + file + (name.isEmpty() ? "" : ", " + name) + ", " + tokens + "]";
    }
}
