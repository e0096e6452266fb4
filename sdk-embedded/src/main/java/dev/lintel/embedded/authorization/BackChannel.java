package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Routes;
import dev.lintel.embedded.authorization.keys.RemoteKeys;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Everything of an authorization server that clients call themselves. */
final class BackChannel implements AutoCloseable {
    private final URI issuer;
    private final AuthorizationSettings settings;
    private final ServerState state;
    private final StateFile file;
    private final RemoteKeys remoteKeys;
    private final ClientAuthentication authentication;
    private final Proofs proofs;
    private final List<Grant> grants;
    private final IntrospectionEndpoint introspection;
    private final RevocationEndpoint revocation;
    private final DeviceEndpoint device;

    BackChannel(
            URI issuer,
            AuthorizationSettings settings,
            ServerState state,
            StateFile file,
            AccessTokens tokens,
            Audiences audiences,
            IdTokens idTokens) {
        this.issuer = issuer;
        this.settings = settings;
        this.state = state;
        this.file = file;
        this.remoteKeys = new RemoteKeys(state.clock);
        Assertions assertions = new Assertions(remoteKeys, state.spentAssertions, state.clock, state.changes);
        this.authentication = new ClientAuthentication(state, assertions, issuer, settings, authorities(settings));
        ProofNonces nonces =
                new ProofNonces(settings.proofNonces, settings.proofNonceLifetime, state.clock, state.random);
        this.proofs = new Proofs(
                nonces,
                state.spentProofs,
                state.clock,
                file.isRestored() ? state.clock.instant().truncatedTo(ChronoUnit.SECONDS) : Instant.MIN);
        UserTokens users = new UserTokens(state, tokens, idTokens, settings.refreshTokenLifetime);
        Subjects subjects = new Subjects(issuer, state, tokens, assertions, settings.trustedIssuers);
        this.grants = List.of(
                new ClientCredentialsGrant(tokens, audiences),
                new CodeGrant(state, users),
                new RefreshGrant(state, users),
                new DeviceGrant(state, users),
                new ExchangeGrant(subjects, tokens, audiences, state),
                new JwtBearerGrant(subjects, tokens, users, audiences));
        this.introspection = new IntrospectionEndpoint(authentication, tokens, state.families, issuer);
        this.revocation = new RevocationEndpoint(authentication, tokens, state);
        this.device = new DeviceEndpoint(authentication, state, audiences, issuer);
    }

    ClientAuthentication authentication() {
        return authentication;
    }

    Proofs proofs() {
        return proofs;
    }

    Routes on(Routes routes) {
        TokenEndpoint token = new TokenEndpoint(authentication, proofs, grants, URI.create(issuer + Paths.TOKEN));
        Endpoint noted = kept(token);
        Routes all = routes.with("POST", Paths.TOKEN, request -> proofs.withNonce(request, noted.answer(request)))
                .with("POST", Paths.INTROSPECT, kept(introspection))
                .with("POST", Paths.REVOKE, kept(revocation))
                .with("POST", Paths.DEVICE_AUTHORIZATION, kept(device));
        if (settings.registrations == null) {
            return all;
        }
        RegistrationEndpoint registration = new RegistrationEndpoint(settings.registrations, state, issuer);
        return all.with("POST", Paths.REGISTER, kept(registration::register))
                .with("GET", Paths.REGISTER, kept(registration::read))
                .with("PUT", Paths.REGISTER, kept(registration::update))
                .with("DELETE", Paths.REGISTER, kept(registration::delete));
    }

    /** Notes requests, and answers only when what has changed is written down. */
    private Endpoint kept(ClientEndpoint.Work work) {
        return file.after(new ClientEndpoint(state, work));
    }

    /** What the server says of it (RFC 8414, 2; RFC 8628, 4; RFC 8705, 3.3 and 5; RFC 9449, 5.1). */
    Map<String, Object> metadata() {
        boolean tls = settings.tls != null;
        List<String> methods = ClientAuthentication.methods(tls);
        List<String> proving =
                methods.stream().filter(method -> !method.equals("none")).toList();
        Map<String, Object> members = new LinkedHashMap<>();
        Map<String, String> endpoints = endpoints();
        members.putAll(endpoints);
        if (settings.registrations != null) {
            members.put("registration_endpoint", issuer + Paths.REGISTER);
        }
        members.put("grant_types_supported", grants.stream().map(Grant::type).toList());
        members.put("token_endpoint_auth_methods_supported", methods);
        members.put("token_endpoint_auth_signing_alg_values_supported", Proofs.algorithms());
        members.put("introspection_endpoint_auth_methods_supported", proving);
        members.put("introspection_endpoint_auth_signing_alg_values_supported", Proofs.algorithms());
        members.put("revocation_endpoint_auth_methods_supported", methods);
        members.put("revocation_endpoint_auth_signing_alg_values_supported", Proofs.algorithms());
        members.put("dpop_signing_alg_values_supported", Proofs.algorithms());
        if (tls) {
            members.put("tls_client_certificate_bound_access_tokens", true);
            Map<String, String> aliases = new LinkedHashMap<>(endpoints);
            aliases.put("pushed_authorization_request_endpoint", issuer + Paths.PAR);
            members.put("mtls_endpoint_aliases", aliases);
        }
        return members;
    }

    private Map<String, String> endpoints() {
        Map<String, String> endpoints = new LinkedHashMap<>();
        endpoints.put("token_endpoint", issuer + Paths.TOKEN);
        endpoints.put("introspection_endpoint", issuer + Paths.INTROSPECT);
        endpoints.put("revocation_endpoint", issuer + Paths.REVOKE);
        endpoints.put("device_authorization_endpoint", issuer + Paths.DEVICE_AUTHORIZATION);
        return endpoints;
    }

    private static List<X509Certificate> authorities(AuthorizationSettings settings) {
        ServerTls tls = settings.tls;
        return tls == null || tls.clientAuthorities() == null ? List.of() : Certificates.parse(tls.clientAuthorities());
    }

    @Override
    public void close() {
        remoteKeys.close();
    }
}
