package dev.lintel.benchmarks.peers;

import java.util.List;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.gateway.route.RouteLocator;
import org.springframework.cloud.gateway.route.builder.RouteLocatorBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.security.config.annotation.web.reactive.EnableWebFluxSecurity;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.oauth2.jwt.JwtValidators;
import org.springframework.security.oauth2.jwt.NimbusReactiveJwtDecoder;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;
import org.springframework.security.web.server.SecurityWebFilterChain;

/** Spring Cloud Gateway with one route, and with Spring Security's resource server where an issuer is given. */
public final class SpringCloudGatewayProxy {
    private SpringCloudGatewayProxy() {}

    /**
     * Starts the gateway and prints its port.
     *
     * @param arguments the upstream's port; then, to ask for tokens, issuer, audience and scope
     */
    public static void main(String[] arguments) {
        boolean secured = arguments.length > 1;
        SpringApplication application = new SpringApplication(Open.class);
        if (secured) {
            application.addPrimarySources(List.of(Secured.class));
        }
        application.setDefaultProperties(Map.of(
                "server.port",
                "0",
                "server.address",
                "127.0.0.1",
                "logging.level.root",
                "warn",
                "spring.main.banner-mode",
                "off",
                "upstream",
                "http://127.0.0.1:" + arguments[0],
                "issuer",
                secured ? arguments[1] : "",
                "audience",
                secured ? arguments[2] : "",
                "scope",
                secured ? arguments[3] : ""));
        ConfigurableApplicationContext context = application.run();
        System.out.println("listening on " + context.getEnvironment().getProperty("local.server.port"));
    }

    /** One route to the upstream. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Open {
        @Bean
        RouteLocator routes(RouteLocatorBuilder routes, Environment environment) {
            return routes.routes()
                    .route(route -> route.path("/**").uri(environment.getRequiredProperty("upstream")))
                    .build();
        }
    }

    /** Every request needs a token of the issuer, with audience and scope. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableWebFluxSecurity
    static class Secured {
        @Bean
        SecurityWebFilterChain security(ServerHttpSecurity http, Environment environment) {
            String scope = "SCOPE_" + environment.getRequiredProperty("scope");
            return http.authorizeExchange(exchange -> exchange.anyExchange().hasAuthority(scope))
                    .csrf(ServerHttpSecurity.CsrfSpec::disable)
                    .requestCache(ServerHttpSecurity.RequestCacheSpec::disable)
                    .oauth2ResourceServer(server -> server.jwt(jwt -> {}))
                    .build();
        }

        @Bean
        ReactiveJwtDecoder decoder(Environment environment) {
            String issuer = environment.getRequiredProperty("issuer");
            NimbusReactiveJwtDecoder decoder =
                    NimbusReactiveJwtDecoder.withIssuerLocation(issuer).build();
            // Access tokens as RFC 9068 has them; no verified token is remembered, as this decoder comes.
            decoder.setJwtValidator(JwtValidators.createAtJwtValidator()
                    .issuer(issuer)
                    .audience(environment.getRequiredProperty("audience"))
                    .clientId("shop-frontend")
                    .build());
            return decoder;
        }
    }
}
