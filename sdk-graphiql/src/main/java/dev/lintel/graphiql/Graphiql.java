package dev.lintel.graphiql;

import dev.lintel.graphql.http.Explorer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/**
 * GraphiQL and React, as their npm packages have them, and a few lines that start them. Headers that are typed, such as one with a
 * token, are kept by the page alone, for as long as it is open.
 */
public final class Graphiql implements Explorer {
    private static final String SCRIPT = "text/javascript; charset=utf-8";
    private static final String STYLE = "text/css; charset=utf-8";

    /** In the order in which the page loads them. */
    private static final List<Asset> ASSETS = List.of(
            asset("graphiql.css", STYLE, "graphiql/graphiql.min.css"),
            asset("page.css", STYLE, "page.css"),
            asset("react.js", SCRIPT, "react/umd/react.production.min.js"),
            asset("react-dom.js", SCRIPT, "react-dom/umd/react-dom.production.min.js"),
            asset("graphiql.js", SCRIPT, "graphiql/graphiql.min.js"),
            asset("page.js", SCRIPT, "page.js"));

    /** For {@link java.util.ServiceLoader}. */
    public Graphiql() {}

    @Override
    public List<Asset> assets() {
        return ASSETS;
    }

    @Override
    public String html(String nonce, String folder, String endpoint) {
        StringBuilder styles = new StringBuilder();
        StringBuilder scripts = new StringBuilder();
        for (Asset asset : ASSETS) {
            String address = "\"" + escaped(folder) + asset.name() + "\"";
            if (asset.contentType().equals(STYLE)) {
                styles.append("<link rel=\"stylesheet\" nonce=\"")
                        .append(escaped(nonce))
                        .append("\" href=")
                        .append(address)
                        .append(">\n");
            } else {
                scripts.append("<script nonce=\"")
                        .append(escaped(nonce))
                        .append("\" src=")
                        .append(address)
                        .append("></script>\n");
            }
        }
        return """
                <!doctype html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>GraphiQL</title>
                <link rel="icon" href="data:,">
                %s</head>
                <body>
                <div id="graphiql" data-endpoint="%s">Loading</div>
                %s</body>
                </html>
                """.formatted(styles, escaped(endpoint), scripts);
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    private static Asset asset(String name, String contentType, String file) {
        try (InputStream in = Objects.requireNonNull(Graphiql.class.getResourceAsStream(file), file)) {
            return new Asset(name, contentType, in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
