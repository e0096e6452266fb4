package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How an authorization server is run; a value, each method answers a new one.
 *
 * <p>Unless said otherwise: a free port on the loopback address without TLS, RS256, access tokens for five minutes, refresh
 * tokens for thirty days without grace, no nonces for DPoP proofs, no registration over the network, nothing outlives the
 * server.
 */
public final class AuthorizationSettings implements Cloneable {
    private static final AuthorizationSettings DEFAULTS = new AuthorizationSettings();

    InetAddress address = InetAddress.getLoopbackAddress();
    int port;

    @Nullable
    URI issuer;

    @Nullable
    String audience;

    @Nullable
    ServerTls tls;

    @Nullable
    Path file;

    @Nullable
    Registrations registrations;

    Duration accessTokenLifetime = Duration.ofMinutes(5);
    Duration refreshTokenLifetime = Duration.ofDays(30);
    Duration refreshGrace = Duration.ZERO;
    Duration deviceCodeLifetime = Duration.ofMinutes(10);
    Duration devicePollInterval = Duration.ofSeconds(5);
    SigningAlgorithm signingAlgorithm = SigningAlgorithm.RS256;
    ProofNoncePolicy proofNonces = ProofNoncePolicy.OFF;
    Duration proofNonceLifetime = Duration.ofMinutes(5);
    AssertionAudience assertionAudience = AssertionAudience.ISSUER;
    List<AssertionIssuer> trustedIssuers = List.of();
    int failedAuthentications = 100;
    LoginSettings login = LoginSettings.defaults();
    InstantSource clock = InstantSource.system();
    SecureRandom random = new SecureRandom();

    private AuthorizationSettings() {}

    /**
     * The settings that hold unless something else is said.
     *
     * @return see the class
     */
    public static AuthorizationSettings defaults() {
        return DEFAULTS;
    }

    /**
     * What to listen on.
     *
     * @param address of this machine; beyond loopback say {@link #issuer(URI)} or {@link #tls} first
     * @return new settings
     */
    public AuthorizationSettings address(InetAddress address) {
        AuthorizationSettings changed = copy();
        changed.address = Objects.requireNonNull(address, "address");
        return changed.checked();
    }

    /**
     * The port to listen on.
     *
     * @param port 1 to 65535, or 0 for a free one
     * @return new settings
     */
    public AuthorizationSettings port(int port) {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("a port must be 0 to 65535, but was " + port);
        }
        AuthorizationSettings changed = copy();
        changed.port = port;
        return changed;
    }

    /**
     * How callers reach the server, if through something else; {@code http://address:port} unless said, or {@code https}
     * with {@link #tls}.
     *
     * @param issuer {@code https://host} or {@code https://host:port}; {@code http} only for loopback
     * @return new settings
     */
    public AuthorizationSettings issuer(URI issuer) {
        Issuers.check(issuer);
        AuthorizationSettings changed = copy();
        changed.issuer = issuer;
        return changed.checked();
    }

    /**
     * Whom tokens are for, if the client has no audiences of its own; the issuer unless said.
     *
     * @param audience as resource servers know themselves, for example {@code orders}
     * @return new settings
     */
    public AuthorizationSettings audience(String audience) {
        if (audience.isEmpty()) {
            throw new IllegalArgumentException("an audience must not be empty");
        }
        AuthorizationSettings changed = copy();
        changed.audience = audience;
        return changed;
    }

    /**
     * Speaks TLS 1.2 and 1.3, and asks callers for a certificate without insisting on one (RFC 8705).
     *
     * @param certificates PEM, the server's own first
     * @param key its private key, PEM in PKCS #8
     * @return new settings
     */
    public AuthorizationSettings tls(String certificates, Secret key) {
        AuthorizationSettings changed = copy();
        changed.tls = new ServerTls(certificates, key, tls == null ? null : tls.clientAuthorities());
        return changed;
    }

    /**
     * Who may vouch for the certificates of clients of {@link ClientRegistration#tls}. Say {@link #tls} first.
     *
     * @param authorities certificates, PEM
     * @return new settings
     */
    public AuthorizationSettings clientAuthorities(String authorities) {
        if (tls == null) {
            throw new IllegalArgumentException("say tls(…) first: without TLS no client shows a certificate");
        }
        AuthorizationSettings changed = copy();
        changed.tls = new ServerTls(tls.certificates(), tls.key(), authorities);
        return changed;
    }

    /**
     * How long an access token is good, unless its client has a lifetime of its own.
     *
     * @param lifetime 1 second to 24 hours
     * @return new settings
     */
    public AuthorizationSettings accessTokenLifetime(Duration lifetime) {
        AuthorizationSettings changed = copy();
        changed.accessTokenLifetime = Lifetimes.accessToken(lifetime);
        return changed;
    }

    /**
     * How long after the user's consent tokens can be refreshed, unless the client has a lifetime of its own.
     *
     * @param lifetime 1 second to 366 days
     * @return new settings
     */
    public AuthorizationSettings refreshTokenLifetime(Duration lifetime) {
        AuthorizationSettings changed = copy();
        changed.refreshTokenLifetime = Lifetimes.refreshToken(lifetime);
        return changed;
    }

    /**
     * How long after its use a refresh token still gets the same successor, for clients that lost the answer. After that,
     * and at once if nothing is said, its use means that somebody has a copy, and ends all tokens of the family (RFC 9700,
     * 4.14.2).
     *
     * @param grace up to 5 minutes; zero means none
     * @return new settings
     */
    public AuthorizationSettings refreshGrace(Duration grace) {
        AuthorizationSettings changed = copy();
        changed.refreshGrace = Lifetimes.within("the grace of refresh tokens", grace, Duration.ZERO, Lifetimes.GRACE);
        return changed;
    }

    /**
     * How long a user may take to let a device in, and how often the device may ask (RFC 8628, 3.2).
     *
     * @param lifetime of device code and user code; 10 minutes unless said, up to an hour
     * @param interval between two questions; 5 seconds unless said, up to a minute
     * @return new settings
     */
    public AuthorizationSettings deviceCodes(Duration lifetime, Duration interval) {
        AuthorizationSettings changed = copy();
        changed.deviceCodeLifetime =
                Lifetimes.within("a device code's lifetime", lifetime, Lifetimes.SECOND, Lifetimes.HOUR);
        changed.devicePollInterval =
                Lifetimes.within("a device's interval", interval, Lifetimes.SECOND, Lifetimes.MINUTE);
        return changed;
    }

    /**
     * How tokens are signed.
     *
     * @param algorithm for all keys of the server
     * @return new settings
     */
    public AuthorizationSettings signingAlgorithm(SigningAlgorithm algorithm) {
        AuthorizationSettings changed = copy();
        changed.signingAlgorithm = Objects.requireNonNull(algorithm, "algorithm");
        return changed;
    }

    /**
     * Whether DPoP proofs must carry a nonce of this server (RFC 9449, 8).
     *
     * @param policy see there
     * @param lifetime after that long there is a new nonce, and the one before is good for as long again; 1 second to an
     *     hour
     * @return new settings
     */
    public AuthorizationSettings proofNonces(ProofNoncePolicy policy, Duration lifetime) {
        AuthorizationSettings changed = copy();
        changed.proofNonces = Objects.requireNonNull(policy, "policy");
        changed.proofNonceLifetime =
                Lifetimes.within("the lifetime of proofs' nonces", lifetime, Lifetimes.SECOND, Lifetimes.HOUR);
        return changed;
    }

    /**
     * Whom the assertions must name with which clients prove themselves; only the issuer unless said.
     *
     * @param audience see there
     * @return new settings
     */
    public AuthorizationSettings assertionAudience(AssertionAudience audience) {
        AuthorizationSettings changed = copy();
        changed.assertionAudience = Objects.requireNonNull(audience, "audience");
        return changed;
    }

    /**
     * Others whose tokens are taken as grants (RFC 7523, RFC 8693); nobody's unless said.
     *
     * @param issuers all of them
     * @return new settings
     */
    public AuthorizationSettings trustedIssuers(AssertionIssuer... issuers) {
        AuthorizationSettings changed = copy();
        changed.trustedIssuers = List.of(issuers);
        return changed;
    }

    /**
     * Lets clients register themselves over the network (RFC 7591, RFC 7592).
     *
     * @param registrations who may, and what such clients get
     * @return new settings
     */
    public AuthorizationSettings registrations(Registrations registrations) {
        AuthorizationSettings changed = copy();
        changed.registrations = Objects.requireNonNull(registrations, "registrations");
        return changed;
    }

    /**
     * How often within a minute the secret of one client may be wrong in requests from one address; then all requests in
     * its name from there are answered 429 until the minute is over, and from everywhere after a hundred times as many.
     *
     * @param most at least 1; 100 unless said
     * @return new settings
     */
    public AuthorizationSettings failedAuthentications(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("failed authentications must be at least 1, but was " + most);
        }
        AuthorizationSettings changed = copy();
        changed.failedAuthentications = most;
        return changed;
    }

    /**
     * Keeps clients, keys and refresh tokens in a file, so that they outlive the server. Only its owner can read it; what
     * opens something is in there as a hash, except the server's own keys.
     *
     * @param file made if there is none; its folder must exist
     * @return new settings
     */
    public AuthorizationSettings persistIn(Path file) {
        AuthorizationSettings changed = copy();
        changed.file = Objects.requireNonNull(file, "file");
        return changed;
    }

    /**
     * How users log in, and what they are shown.
     *
     * @param more for example {@code l -> l.describe("orders.read", "See your orders")}
     * @return new settings
     */
    public AuthorizationSettings login(UnaryOperator<LoginSettings> more) {
        AuthorizationSettings changed = copy();
        changed.login = more.apply(login);
        return changed;
    }

    /**
     * Another clock.
     *
     * @param clock what time it is
     * @return new settings
     */
    public AuthorizationSettings clock(InstantSource clock) {
        AuthorizationSettings changed = copy();
        changed.clock = Objects.requireNonNull(clock, "clock");
        return changed;
    }

    /**
     * Another source of randomness.
     *
     * @param random where keys, identifiers and salts come from
     * @return new settings
     */
    public AuthorizationSettings random(SecureRandom random) {
        AuthorizationSettings changed = copy();
        changed.random = Objects.requireNonNull(random, "random");
        return changed;
    }

    /** Secrets do not travel in clear beyond this machine. */
    private AuthorizationSettings checked() {
        if (!address.isLoopbackAddress() && tls == null && (issuer == null || !Issuers.isHttps(issuer))) {
            throw new IllegalArgumentException("on " + address.getHostAddress() + " secrets would travel in clear:"
                    + " listen on the loopback address, say tls(…), or put TLS in front and say issuer(https://…)");
        }
        return this;
    }

    private AuthorizationSettings copy() {
        try {
            return (AuthorizationSettings) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }

    @Override
    public String toString() {
        return "AuthorizationSettings on " + address.getHostAddress() + ":" + port;
    }
}
