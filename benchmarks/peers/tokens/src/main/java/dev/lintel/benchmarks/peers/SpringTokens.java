package dev.lintel.benchmarks.peers;

import dev.lintel.benchmarks.tokens.Column;
import dev.lintel.benchmarks.tokens.TokenContender;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.http.converter.FormHttpMessageConverter;
import org.springframework.security.authentication.TestingAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.client.AuthorizedClientServiceOAuth2AuthorizedClientManager;
import org.springframework.security.oauth2.client.InMemoryOAuth2AuthorizedClientService;
import org.springframework.security.oauth2.client.OAuth2AuthorizeRequest;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClient;
import org.springframework.security.oauth2.client.OAuth2AuthorizedClientProviderBuilder;
import org.springframework.security.oauth2.client.http.OAuth2ErrorResponseErrorHandler;
import org.springframework.security.oauth2.client.registration.ClientRegistration;
import org.springframework.security.oauth2.client.registration.InMemoryClientRegistrationRepository;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.OAuth2AccessToken;
import org.springframework.security.oauth2.core.http.converter.OAuth2AccessTokenResponseHttpMessageConverter;
import org.springframework.web.client.RestClient;

/** Spring Security's manager for services, with client credentials. */
final class SpringTokens implements TokenContender {
    private static final Duration LIFETIME = Duration.ofHours(1);
    /** Its clock skew is a minute, so that this counts as old. */
    private static final Duration STALE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "Spring Security 7.1.2";
    }

    @Override
    public Client prepare(Column.Held held, URI endpoint) {
        return switch (held) {
            case NOTHING -> client(endpoint, null);
            case EXPIRED -> client(endpoint, Duration.ofSeconds(-1));
            case STALE -> client(endpoint, STALE);
        };
    }

    /** A client that holds a token which is good for so long; null for none. */
    static Client client(URI endpoint, Duration left) {
        ClientRegistration registration = ClientRegistration.withRegistrationId("shop")
                .clientId("shop")
                .clientSecret("secret")
                .authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS)
                .tokenUri(endpoint.toString())
                .scope("orders.read")
                .build();
        InMemoryClientRegistrationRepository registrations = new InMemoryClientRegistrationRepository(registration);
        InMemoryOAuth2AuthorizedClientService store = new InMemoryOAuth2AuthorizedClientService(registrations);
        AuthorizedClientServiceOAuth2AuthorizedClientManager manager =
                new AuthorizedClientServiceOAuth2AuthorizedClientManager(registrations, store);
        manager.setAuthorizedClientProvider(OAuth2AuthorizedClientProviderBuilder.builder()
                .clientCredentials()
                .build());
        Authentication principal = new TestingAuthenticationToken("shop", "none");
        OAuth2AuthorizeRequest request = OAuth2AuthorizeRequest.withClientRegistrationId("shop")
                .principal(principal)
                .build();
        if (left != null) {
            Instant expires = Instant.now().plus(left);
            OAuth2AccessToken token = new OAuth2AccessToken(
                    OAuth2AccessToken.TokenType.BEARER, "token-0", expires.minus(LIFETIME), expires);
            store.saveAuthorizedClient(new OAuth2AuthorizedClient(registration, "shop", token), principal);
        }
        return () -> "Bearer " + manager.authorize(request).getAccessToken().getTokenValue();
    }

    /** What the token client makes by itself, but with exchanges in the threads of the callers, as all contenders have. */
    private static RestClient http() {
        return RestClient.builder()
                .requestFactory(new SimpleClientHttpRequestFactory())
                .messageConverters(converters -> {
                    converters.clear();
                    converters.add(new FormHttpMessageConverter());
                    converters.add(new OAuth2AccessTokenResponseHttpMessageConverter());
                })
                .defaultStatusHandler(new OAuth2ErrorResponseErrorHandler())
                .build();
    }
}
