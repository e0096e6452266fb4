package dev.lintel.graphql.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A page of somebody else cannot let a browser ask what it would send without asking. */
class CrossSiteTest {
    private static final String QUERY = "query=%7B__typename%7D";

    private final Served served = new Served(HttpSettings.DEFAULT);

    @ParameterizedTest(name = "{0}: {1} is {2}")
    @CsvSource({
        "sec-fetch-site, cross-site, 403",
        "sec-fetch-site, same-site, 403",
        "sec-fetch-site, same-origin, 200",
        "sec-fetch-site, none, 200",
        "origin, https://elsewhere.example, 403",
        "origin, null, 403",
        "cookie, session=1, 403",
        "user-agent, Mozilla/5.0 (X11), 403",
        "user-agent, curl/8.0, 200",
        "accept, */*, 200",
    })
    void aGetOfABrowserComesFromTheOwnPage(String header, String value, int status) {
        assertThat(served.get(QUERY, header, value).status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"GraphQL-Require-Preflight, 1", "apollo-require-preflight, true", "x-apollo-operation-name, Q"})
    void aHeaderThatABrowserAsksAboutFirstIsEnough(String header, String value) {
        assertThat(served.get(QUERY, "sec-fetch-site", "cross-site", header.toLowerCase(java.util.Locale.ROOT), value)
                        .status())
                .isEqualTo(200);
        assertThat(served.get(QUERY, "sec-fetch-site", "cross-site", header.toLowerCase(java.util.Locale.ROOT), " ")
                        .status())
                .isEqualTo(403);
    }

    @ParameterizedTest
    @CsvSource({"text/plain", "application/x-www-form-urlencoded", "multipart/form-data"})
    void aFormCannotPost(String type) {
        assertThat(served.post("{\"query\":\"{__typename}\"}", "content-type", type, "origin", "https://a.example")
                        .status())
                .isEqualTo(415);
    }
}
