package dev.lintel.examples.graph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.OAuth2;
import dev.lintel.graphql.http.TrustedDocuments;
import java.net.http.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A graph behind the gateway, asked by the ways that clients have beside a plain POST. */
class GraphTransportsTest {
    private static final String CHAIR = "{ product(id: \"1\") { name } }";

    private Town town;

    @BeforeEach
    void start() throws Exception {
        town = new Town();
    }

    @AfterEach
    void stop() {
        town.close();
    }

    @Test
    void onlyDocumentsThatAreTrustedAreExecuted() throws Exception {
        town.apply(town.graph().onlyTrusted(TrustedDocuments.of(Map.of("chair", CHAIR))));

        HttpResponse<String> known = town.ask(CHAIR);
        HttpResponse<String> byId = town.get("/graphql?documentId=chair");
        HttpResponse<String> unknown = town.ask("{ product(id: \"2\") { name } }");

        assertThat(known.body()).isEqualTo("{\"data\":{\"product\":{\"name\":\"chair\"}}}");
        assertThat(byId.body()).isEqualTo(known.body());
        assertThat(unknown.statusCode()).isEqualTo(400);
        assertThat(unknown.body()).contains("DOCUMENT_NOT_TRUSTED");
        assertThat(town.catalog).extracting(Object::toString).containsOnly("GET catalog-rest.shop/products/1");
    }

    @Test
    void anOperationIsAStreamOfEvents() throws Exception {
        town.apply(town.graph());

        HttpResponse<String> answer = town.events(CHAIR);

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream; charset=utf-8");
        assertThat(answer.headers().firstValue("content-length")).isEmpty();
        assertThat(answer.body())
                .isEqualTo(
                        "event: next\ndata: {\"data\":{\"product\":{\"name\":\"chair\"}}}\n\nevent: complete\ndata:\n\n");
    }

    @Test
    void thereIsAPageToTryItWhereThatIsSaid() throws Exception {
        OAuth2 open =
                OAuth2.oauth2(town.id.issuer().toString()).audience("catalog").publicPaths("/graphql/**");
        town.apply(town.graph(open));
        assertThat(town.get("/graphql/explorer").statusCode()).isEqualTo(404);

        town.apply(town.graph(open).graphiql(true));
        HttpResponse<String> page = town.get("/graphql/explorer");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.headers().firstValue("content-security-policy").orElseThrow())
                .startsWith("default-src 'none'; ");
        assertThat(page.body()).contains("data-endpoint=\"/graphql\"").contains("src=\"explorer/page.js\"");
        assertThat(town.get("/graphql/explorer/page.js").statusCode()).isEqualTo(200);
        assertThat(town.get("/graphql/explorer/other.js").statusCode()).isEqualTo(404);
    }
}
