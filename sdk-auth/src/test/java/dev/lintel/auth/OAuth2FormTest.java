package dev.lintel.auth;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.auth.TrustedIssuer.issuer;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.form.DefinitionFormat;
import java.net.URI;
import org.junit.jupiter.api.Test;

class OAuth2FormTest {
    private static final ApiDefinition DEFINITION = Said.orders()
            .withOAuth2(oauth2("https://id.example")
                    .issuer(issuer("https://other.example")
                            .jwks(URI.create("https://other.example/keys"))
                            .algorithms("ES256"))
                    .audience("orders")
                    .claim("tenant", "acme", "beta")
                    .scope("/orders/**", "orders.read")
                    .rule(Rule.at("POST /orders/**").scopes("orders.write").claim("role", "admin"))
                    .authenticated("/me/**")
                    .publicPaths("/health")
                    .deny("/internal/**"))
            .define();

    @Test
    void readsAsAPersonWouldWriteIt() {
        assertThat(DefinitionFormat.yaml().write(DEFINITION)).isEqualTo("""
                kind: Api/v1
                service: orders
                namespace: shop
                policies:
                  - kind: auth.oauth2/v1
                    issuers:
                      - issuer: https://id.example
                      - issuer: https://other.example
                        jwksUri: https://other.example/keys
                        algorithms:
                          - ES256
                    audiences:
                      - orders
                    claims:
                      - claim: tenant
                        anyOf:
                          - acme
                          - beta
                    rules:
                      - endpoint: /orders/**
                        scopes:
                          - orders.read
                      - endpoint: POST /orders/**
                        scopes:
                          - orders.write
                        claims:
                          - claim: role
                            anyOf:
                              - admin
                      - endpoint: /me/**
                        allow: any-token
                      - endpoint: /health
                        allow: anyone
                      - endpoint: /internal/**
                        allow: nobody
                """);
    }

    @Test
    void readsBackEqual() {
        for (DefinitionFormat format : java.util.List.of(DefinitionFormat.yaml(), DefinitionFormat.json())) {
            assertThat(format.read(format.write(DEFINITION), "orders")).containsExactly(DEFINITION);
        }
    }
}
