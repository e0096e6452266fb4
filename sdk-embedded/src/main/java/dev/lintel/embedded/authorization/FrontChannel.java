package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Endpoint;
import dev.lintel.embedded.authorization.http.Routes;
import dev.lintel.embedded.authorization.login.Users;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything of an authorization server that browsers get to see, and the endpoints that lead them there. */
final class FrontChannel implements AutoCloseable {
    private final URI issuer;
    private final LoginSettings settings;
    private final ServerState state;
    private final Users users;
    private final Addresses addresses;
    private final Desk desk;
    private final LogoutNotices notices;
    private final CodeRequests requests;
    private final PushedRequests pushed;
    private final UserInfoEndpoint userInfo;
    private final Proofs proofs;
    private final IdTokens idTokens;

    FrontChannel(
            URI issuer,
            AuthorizationSettings settings,
            ServerState state,
            BackChannel back,
            AccessTokens tokens,
            Audiences audiences,
            IdTokens idTokens) {
        this.issuer = issuer;
        this.settings = settings.login;
        this.state = state;
        this.idTokens = idTokens;
        this.users = new Users(settings.login.passwordRounds, state.clock, state.random);
        this.addresses = new Addresses(settings.issuer != null && settings.tls == null && Issuers.isHttps(issuer));
        this.notices = new LogoutNotices(state, idTokens);
        this.desk = new Desk(issuer, settings, state, notices);
        this.requests = new CodeRequests(state.clients, audiences, idTokens);
        this.pushed = new PushedRequests(back, requests, URI.create(issuer + Paths.PAR), state);
        this.proofs = back.proofs();
        this.userInfo = new UserInfoEndpoint(tokens, state.claims, proofs, URI.create(issuer + Paths.USER_INFO));
    }

    Routes on(Routes routes) {
        AuthorizeEndpoint authorize = new AuthorizeEndpoint(requests, pushed, desk, settings.pushedOnly);
        DevicePage device = new DevicePage(desk, state);
        LogoutPage logout = new LogoutPage(desk, state.clients, idTokens, notices);
        return routes.with("GET", Paths.AUTHORIZE, authorize)
                .with("POST", Paths.AUTHORIZE, authorize)
                .with("POST", Paths.PAR, noted(pushed))
                .with("GET", Paths.USER_INFO, noted(userInfo))
                .with("POST", Paths.USER_INFO, noted(userInfo))
                .with("GET", Paths.CONTINUE, new ContinuePage(desk))
                .with("POST", Paths.LOGIN, new LoginPage(desk, users, addresses))
                .with("POST", Paths.CONSENT, new ConsentPage(desk))
                .with("GET", Paths.DEVICE, device::open)
                .with("POST", Paths.DEVICE, device::typed)
                .with("POST", Paths.DEVICE_DECISION, device::decided)
                .with("GET", Paths.LOGOUT, logout::open)
                .with("POST", Paths.LOGOUT, logout::posted)
                .with("POST", Paths.LOGOUT_DECISION, logout::decided);
    }

    private Endpoint noted(ClientEndpoint.Work work) {
        ClientEndpoint endpoint = new ClientEndpoint(state, work);
        return request -> proofs.withNonce(request, endpoint.answer(request));
    }

    /** What the server says of it (RFC 8414, 2; RFC 9126, 5; RFC 9207, 3; OpenID Connect Discovery, 3). */
    Map<String, Object> metadata() {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("authorization_endpoint", issuer + Paths.AUTHORIZE);
        members.put("pushed_authorization_request_endpoint", issuer + Paths.PAR);
        members.put("require_pushed_authorization_requests", settings.pushedOnly);
        members.put("response_modes_supported", List.of("query"));
        members.put("code_challenge_methods_supported", List.of("S256"));
        members.put("authorization_response_iss_parameter_supported", true);
        members.put("prompt_values_supported", List.of("none", "login", "consent", "select_account"));
        members.put("userinfo_endpoint", issuer + Paths.USER_INFO);
        members.put(
                "claims_supported", List.of("iss", "sub", "aud", "exp", "iat", "auth_time", "nonce", "at_hash", "sid"));
        members.put("end_session_endpoint", issuer + Paths.LOGOUT);
        members.put("backchannel_logout_supported", true);
        members.put("backchannel_logout_session_supported", true);
        return members;
    }

    void user(String name, Secret password) {
        if (state.clients.find(name).isPresent()) {
            throw new IllegalArgumentException(
                    "a user must not be called like a client, because both become subjects, but '" + name + "' is one");
        }
        users.add(name, password);
    }

    boolean hasUser(String name) {
        return users.has(name);
    }

    /** What brings the users of now back, and ends all logins. */
    Runnable checkpoint() {
        Runnable people = users.checkpoint();
        Runnable logins = desk.checkpoint();
        return () -> {
            people.run();
            logins.run();
        };
    }

    void loginAs(@Nullable String subject) {
        desk.standIn(subject);
    }

    @Override
    public void close() {
        notices.close();
    }

    void forgetUsers() {
        desk.forgetUsers();
    }
}
