package dev.lintel.junit;

import dev.lintel.core.Definition;
import dev.lintel.core.Secret;
import dev.lintel.embedded.GatewaySettings;
import dev.lintel.embedded.Workload;
import dev.lintel.embedded.authorization.AuthorizationSettings;
import dev.lintel.embedded.authorization.ClientRegistration;
import dev.lintel.embedded.authorization.SigningAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a test needs; a value, each method answers a new one.
 *
 * <p>Unless said otherwise: nothing exposed, an authorization server that signs with ES256, because such keys are made in
 * no time, a virtual clock for both servers, a journal of the last 1,000 requests.
 */
public final class GatewayBuilder implements Cloneable {
    String name = "";
    List<Function<String, ? extends Definition>> definitions = List.of();
    List<Bound> workloads = List.of();
    List<ClientRegistration> clients = List.of();
    boolean issuer = true;
    boolean virtualClock = true;

    @Nullable
    String audience;

    UnaryOperator<AuthorizationSettings> authorization = settings -> settings.signingAlgorithm(SigningAlgorithm.ES256);
    UnaryOperator<GatewaySettings> gateway = settings -> settings;

    /** A workload and what it is bound to; an empty version for a service without any. */
    record Bound(String service, String version, Workload workload) {}

    GatewayBuilder() {}

    /**
     * The name by which parameters ask for this gateway, where a test has several.
     *
     * @param name as it stands in {@link FromGateway}
     * @return a new builder
     */
    public GatewayBuilder name(String name) {
        GatewayBuilder changed = copy();
        changed.name = name;
        return changed;
    }

    /**
     * Applies a definition that needs no issuer, or knows its own: an API, a host that may be called, a boundary.
     *
     * @param definition what is said
     * @return a new builder
     */
    public GatewayBuilder definition(Definition definition) {
        return definition(issuer -> definition);
    }

    /**
     * Exposes an API that trusts the fixture's issuer, whose address is known only when it has started.
     *
     * @param definition is given the issuer: {@code issuer -> Api.expose(…).withOAuth2(oauth2(issuer)…).define()}
     * @return a new builder
     */
    public GatewayBuilder definition(Function<String, ? extends Definition> definition) {
        GatewayBuilder changed = copy();
        changed.definitions = plus(definitions, definition);
        return changed;
    }

    /**
     * Binds a service that has no versions.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param workload what runs it: {@code Workload.at(uri)} or {@code Workload.function(request -> …)}
     * @return a new builder
     */
    public GatewayBuilder workload(String service, Workload workload) {
        return workload(service, "", workload);
    }

    /**
     * Binds one version of a service.
     *
     * @param service {@code name.namespace}, for example {@code orders.shop}
     * @param version as a split or a route names it
     * @param workload what runs it
     * @return a new builder
     */
    public GatewayBuilder workload(String service, String version, Workload workload) {
        GatewayBuilder changed = copy();
        changed.workloads = plus(workloads, new Bound(service, version, workload));
        return changed;
    }

    /**
     * Registers a client that may use client credentials, for the fixture's audience.
     *
     * @param id printable ASCII
     * @param secret what it proves itself with
     * @param scopes which it may have
     * @return a new builder
     */
    public GatewayBuilder client(String id, Secret secret, String... scopes) {
        return client(ClientRegistration.of(id, secret).scopes(scopes));
    }

    /**
     * Registers a client.
     *
     * @param registration who it is and what it may ask for
     * @return a new builder
     */
    public GatewayBuilder client(ClientRegistration registration) {
        GatewayBuilder changed = copy();
        changed.clients = plus(clients, registration);
        return changed;
    }

    /**
     * Whom tokens are for.
     *
     * @param audience as the definitions say it, for example {@code orders}; the issuer unless said
     * @return a new builder
     */
    public GatewayBuilder audience(String audience) {
        GatewayBuilder changed = copy();
        changed.audience = audience;
        return changed;
    }

    /**
     * Settings of the authorization server.
     *
     * @param more for example {@code s -> s.accessTokenLifetime(Duration.ofSeconds(30))}
     * @return a new builder
     */
    public GatewayBuilder authorization(UnaryOperator<AuthorizationSettings> more) {
        GatewayBuilder changed = copy();
        UnaryOperator<AuthorizationSettings> before = authorization;
        changed.authorization = settings -> more.apply(before.apply(settings));
        return changed;
    }

    /**
     * Settings of the gateway.
     *
     * @param more for example {@code s -> s.domain("example.com")}
     * @return a new builder
     */
    public GatewayBuilder gateway(UnaryOperator<GatewaySettings> more) {
        GatewayBuilder changed = copy();
        UnaryOperator<GatewaySettings> before = gateway;
        changed.gateway = settings -> more.apply(before.apply(settings));
        return changed;
    }

    /**
     * Starts no authorization server.
     *
     * @return a new builder
     */
    public GatewayBuilder withoutIssuer() {
        GatewayBuilder changed = copy();
        changed.issuer = false;
        return changed;
    }

    /**
     * Lets both servers go by the clock of the machine.
     *
     * @return a new builder
     */
    public GatewayBuilder realClock() {
        GatewayBuilder changed = copy();
        changed.virtualClock = false;
        return changed;
    }

    /**
     * Adds what is said elsewhere.
     *
     * @param setup said for many tests
     * @return a new builder
     */
    public GatewayBuilder with(GatewaySetup setup) {
        return setup.addTo(this);
    }

    /**
     * The extension, to be kept in a field with {@code @RegisterExtension}: in a static one for a gateway that the tests of
     * a class share, in another for one of each test's own.
     *
     * @return starts nothing before JUnit says so
     */
    public GatewayExtension build() {
        return new GatewayExtension(this);
    }

    private static <T> List<T> plus(List<T> before, T one) {
        List<T> more = new ArrayList<>(before);
        more.add(one);
        return List.copyOf(more);
    }

    private GatewayBuilder copy() {
        try {
            return (GatewayBuilder) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new AssertionError("it is Cloneable", e);
        }
    }

    @Override
    public String toString() {
        return "gateway" + (name.isEmpty() ? "" : " '" + name + "'") + " for tests";
    }
}
