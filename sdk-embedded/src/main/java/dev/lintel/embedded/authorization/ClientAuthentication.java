package dev.lintel.embedded.authorization;

import dev.lintel.auth.jwt.SignedClaims;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.keys.ClientKeys;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sends a request: a client proves itself in the one way that it is registered for (RFC 6749, 2.3), never in two at
 * once.
 */
final class ClientAuthentication {
    /** {@code client_assertion_type} (RFC 7523, 2.2). */
    static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

    private static final Set<String> ASSERTION_TYPES = Set.of("jwt", "client-authentication+jwt");
    private static final String BASIC = "Basic ";

    private final Clients clients;
    private final FailedAttempts failures;
    private final Assertions assertions;
    private final URI issuer;
    private final AssertionAudience audience;
    private final List<X509Certificate> authorities;
    private final InstantSource clock;
    /** Compared with where there is no such client, so that the time taken does not tell which clients exist. */
    private final HashedSecret nobody;

    ClientAuthentication(
            ServerState state,
            Assertions assertions,
            URI issuer,
            AuthorizationSettings settings,
            List<X509Certificate> authorities) {
        this.clients = state.clients;
        this.failures = new FailedAttempts(state.clients, state.clock, settings.failedAuthentications);
        this.assertions = assertions;
        this.issuer = issuer;
        this.audience = settings.assertionAudience;
        this.authorities = authorities;
        this.clock = state.clock;
        this.nobody = nobody(state.random);
    }

    private static HashedSecret nobody(SecureRandom random) {
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        return HashedSecret.of(Secret.of(Base64.getEncoder().encodeToString(bytes)), random);
    }

    /** Forgets which clients failed to prove themselves. */
    void forgetFailures() {
        failures.forgetAll();
    }

    /** What a request brings: who it says it is, and one proof of that, or none. */
    private record Presented(
            String id, @Nullable Secret secret, @Nullable SignedClaims assertion) {}

    /**
     * The client that sends a request.
     *
     * @throws OAuthError {@code invalid_client}, or {@code invalid_request} if it tries to be clever
     */
    Client client(Received request, Form form) throws OAuthError {
        Presented presented = presented(request.header("Authorization"), form);
        failures.check(presented.id(), request.address());
        try {
            return proven(presented, request);
        } catch (OAuthError e) {
            failures.failed(presented.id(), request.address());
            throw e;
        }
    }

    private Client proven(Presented presented, Received request) throws OAuthError {
        Optional<Client> found = clients.find(presented.id());
        if (presented.secret() != null) {
            Secret said = presented.secret();
            boolean same = found.filter(client -> client.secret() != null)
                    .map(client -> client.hasSecret(said))
                    .orElseGet(() -> nobody.matches(said));
            return found.filter(client -> same && client.method() == ClientMethod.SECRET)
                    .orElseThrow(() -> refused("no client has this id and this secret"));
        }
        Client client = found.orElseThrow(() -> refused("no client has this id and this proof"));
        if (presented.assertion() != null) {
            checkAssertion(client, presented.assertion(), request);
            return client;
        }
        return switch (client.method()) {
            case NONE -> client;
            case TLS, SELF_SIGNED_TLS -> checkCertificate(client, request.certificates());
            case SECRET -> throw refused("the client must authenticate with id and secret");
            case PRIVATE_KEY_JWT -> throw refused("the client must authenticate with an assertion");
        };
    }

    private void checkAssertion(Client client, SignedClaims assertion, Received request) throws OAuthError {
        ClientKeys keys = client.said().keys;
        if (client.method() != ClientMethod.PRIVATE_KEY_JWT || keys == null) {
            throw refused("no client has this id and this proof");
        }
        if (!client.id().equals(assertion.claims().get("iss"))) {
            throw refused("the assertion is not good: iss and sub must be the client");
        }
        Set<String> audiences = new LinkedHashSet<>(List.of(issuer.toString()));
        if (audience == AssertionAudience.ISSUER_OR_ENDPOINT) {
            audiences.add(issuer + Paths.TOKEN);
            audiences.add(issuer + request.path());
        }
        try {
            var ignored = assertions.check(assertion, keys, audiences, ASSERTION_TYPES);
        } catch (Assertions.Refused e) {
            throw refused("the assertion is not good: " + e.getMessage());
        }
    }

    private Client checkCertificate(Client client, List<X509Certificate> chain) throws OAuthError {
        boolean good = !chain.isEmpty() && isOf(client, chain);
        if (!good) {
            throw refused("the client must show its certificate");
        }
        return client;
    }

    private boolean isOf(Client client, List<X509Certificate> chain) {
        X509Certificate own = chain.get(0);
        if (client.method() == ClientMethod.SELF_SIGNED_TLS) {
            return client.said().certificates.contains(own);
        }
        return Certificates.canonicalName(own).equals(client.said().subjectName)
                && Certificates.isVouchedFor(chain, authorities, clock.instant());
    }

    private static Presented presented(List<String> headers, Form form) throws OAuthError {
        Optional<String> id = form.get("client_id");
        Optional<String> secret = form.get("client_secret");
        Optional<String> assertion = form.get("client_assertion");
        int ways = headers.size() + (secret.isPresent() ? 1 : 0) + (assertion.isPresent() ? 1 : 0);
        if (ways > 1) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "the client must authenticate in one way only");
        }
        if (!headers.isEmpty()) {
            Presented basic = basic(headers.get(0));
            if (id.isPresent() && !id.get().equals(basic.id())) {
                throw OAuthError.of(ErrorCode.INVALID_REQUEST, "client_id and the Authorization header differ");
            }
            return basic;
        }
        if (assertion.isPresent()) {
            return asserted(assertion.get(), form);
        }
        String name = id.orElseThrow(() -> refused("the client must authenticate with id and secret"));
        return new Presented(name, secret.map(Secret::of).orElse(null), null);
    }

    private static Presented asserted(String assertion, Form form) throws OAuthError {
        if (!form.require("client_assertion_type").equals(ASSERTION)) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "client_assertion_type must be " + ASSERTION);
        }
        SignedClaims claims =
                SignedClaims.parse(assertion).orElseThrow(() -> refused("the assertion is not a well-formed JWT"));
        if (!(claims.claims().get("sub") instanceof String subject)
                || !subject.equals(claims.claims().get("iss"))) {
            throw refused("the assertion is not good: iss and sub must be the client");
        }
        Optional<String> id = form.get("client_id");
        if (id.isPresent() && !id.get().equals(subject)) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "client_id and the assertion differ");
        }
        return new Presented(subject, null, claims);
    }

    private static Presented basic(String header) throws OAuthError {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw refused("the Authorization header must be of scheme Basic");
        }
        String pair = decoded(header.substring(BASIC.length()).strip());
        int colon = pair.indexOf(':');
        Optional<String> id = colon < 1 ? Optional.empty() : FormEncoding.decode(pair.substring(0, colon));
        Optional<String> secret = FormEncoding.decode(pair.substring(colon + 1));
        if (id.isEmpty() || secret.isEmpty() || secret.get().isEmpty()) {
            throw malformed();
        }
        return new Presented(id.get(), Secret.of(secret.get()), null);
    }

    private static String decoded(String base64) throws OAuthError {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            // The exception would quote what was sent, so it is not kept.
            throw malformed();
        }
    }

    private static OAuthError malformed() {
        return refused("the Authorization header must hold id:secret, each form-encoded, in Base64");
    }

    private static OAuthError refused(String description) {
        return OAuthError.of(ErrorCode.INVALID_CLIENT, description);
    }

    /** The ways that can be used here, as the metadata names them. */
    static List<String> methods(boolean tls) {
        List<String> methods =
                new ArrayList<>(List.of("client_secret_basic", "client_secret_post", "private_key_jwt", "none"));
        if (tls) {
            methods.add("tls_client_auth");
            methods.add("self_signed_tls_client_auth");
        }
        return methods;
    }
}
