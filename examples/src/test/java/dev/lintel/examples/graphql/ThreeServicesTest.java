package dev.lintel.examples.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ThreeServicesTest {
    @Test
    void oneGraphAnswersForAllOfThem() throws Exception {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();

        ThreeServices.run(new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(printed.toString(StandardCharsets.UTF_8).lines().map(String::strip))
                .contains(
                        "200 {\"data\":{\"customer\":{\"CUST_NM\":\"A. Liddell\",\"CREDIT_LIMIT\":1000.10},"
                                + "\"orders\":[{\"number\":9007199254740993,\"total\":19.90},"
                                + "{\"number\":9007199254740994,\"total\":0.1}],\"stock\":{\"pieces\":3}}}",
                        "200 {\"data\":{\"count\":{\"pieces\":3}}}",
                        "Deployment shop/catalog",
                        "NetworkPolicy shop/catalog-front",
                        "AuthorizationPolicy shop/catalog")
                .anyMatch(line -> line.startsWith("401 "))
                .anyMatch(line -> line.contains("\"code\":\"FORBIDDEN\""));
    }
}
