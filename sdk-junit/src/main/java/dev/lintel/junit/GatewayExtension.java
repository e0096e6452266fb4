package dev.lintel.junit;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.chaos.Chaos;
import java.net.URI;
import java.net.http.HttpClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * A gateway with an authorization server for the tests of a class, on free ports of the loopback address.
 *
 * <p>In a static field with {@code @RegisterExtension} it starts before the first test and stops after the last; the tests
 * take turns, and before each one it is put back to what the builder and {@code @BeforeAll} said. In another field each
 * test has its own. Tests of different classes never share anything, and may run at the same time.
 *
 * <p>Tests and their life-cycle methods can take as parameters: {@link Gateway}, {@link AuthorizationServer}, {@link
 * Chaos}, {@link TokenIssuer}, {@link RequestJournal}, {@link VirtualClock} and {@link HttpClient}. What happened in a test
 * that fails is reported with its failure.
 */
public final class GatewayExtension
        implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback, ParameterResolver {
    private final GatewayBuilder said;
    private @Nullable Running running;

    GatewayExtension(GatewayBuilder said) {
        this.said = said;
    }

    /**
     * What runs now.
     *
     * @param fixture the servers
     * @param turns who may use them; null if they are one test's own
     */
    private record Running(Fixture fixture, @Nullable Turns turns) {}

    /**
     * Begins to say what a test needs.
     *
     * @return nothing exposed, an authorization server, a virtual clock
     */
    public static GatewayBuilder builder() {
        return new GatewayBuilder();
    }

    /**
     * The gateway.
     *
     * @return what is behind it is bound and exposed
     */
    public Gateway gateway() {
        return fixture().gateway();
    }

    /**
     * Where an API can be called, through {@link #http()}.
     *
     * @param api its id, for example {@code orders.shop}
     * @return its first host with the gateway's port
     */
    public URI uri(String api) {
        return gateway().uri(api);
    }

    /**
     * The authorization server.
     *
     * @return whose issuer the definitions were given
     * @throws IllegalStateException if the builder said {@code withoutIssuer()}
     */
    public AuthorizationServer authorization() {
        return Parts.authorization(fixture());
    }

    /**
     * What can go wrong with the authorization server.
     *
     * @return nothing goes wrong until it is said
     */
    public Chaos chaos() {
        return authorization().chaos();
    }

    /**
     * What makes tokens for the test's own requests.
     *
     * @return for the fixture's audience
     */
    public TokenIssuer tokens() {
        return new TokenIssuer(authorization());
    }

    /**
     * What happened so far.
     *
     * @return since the test began
     */
    public RequestJournal journal() {
        return fixture().journal();
    }

    /**
     * The clock of both servers.
     *
     * @return shows the present when a test begins, and stands still until it is moved
     * @throws IllegalStateException if the builder said {@code realClock()}
     */
    public VirtualClock clock() {
        return Parts.clock(fixture());
    }

    /**
     * A client whose requests reach the hosts that are exposed.
     *
     * @return other hosts are reached directly
     */
    public HttpClient http() {
        return fixture().http();
    }

    private synchronized Fixture fixture() {
        if (running == null) {
            throw new IllegalStateException("the " + said + " does not run: keep the extension in a field with"
                    + " @RegisterExtension, static if it is to run in @BeforeAll and in constructors");
        }
        return running.fixture();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        Turns turns;
        synchronized (this) {
            if (running == null) {
                Fixture started = Fixture.start(said);
                running = new Running(started, new Turns(started::checkpoint));
            }
            turns = running.turns();
            if (turns != null) {
                turns.arrive(context);
            }
        }
        if (turns != null) {
            turns.enter(context);
        }
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        Turns turns;
        synchronized (this) {
            if (running == null) {
                running = new Running(Fixture.start(said), null);
            }
            turns = running.turns();
        }
        if (turns != null) {
            turns.begin(context);
        }
        store(context).put(this, this);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        Running now = now();
        // If another extension failed before this one was asked, there was no turn.
        if (now == null || store(context).remove(this) == null) {
            return;
        }
        try {
            Failures.report(context, now.fixture().journal());
            now.fixture().calm();
        } finally {
            if (now.turns() == null) {
                stop();
            } else {
                now.turns().end();
            }
        }
    }

    @Override
    public synchronized void afterAll(ExtensionContext context) {
        // Nobody arrives between the word that this is the last one and the end.
        Running now = now();
        if (now != null && (now.turns() == null || now.turns().leave(context))) {
            stop();
        }
    }

    private synchronized @Nullable Running now() {
        return running;
    }

    private synchronized void stop() {
        Running now = running;
        running = null;
        if (now != null) {
            now.fixture().close();
        }
    }

    private static ExtensionContext.Store store(ExtensionContext context) {
        return context.getStore(ExtensionContext.Namespace.create(GatewayExtension.class));
    }

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return Parts.TYPES.contains(parameter.getParameter().getType())
                && parameter
                        .findAnnotation(FromGateway.class)
                        .map(FromGateway::value)
                        .orElse("")
                        .equals(said.name);
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return Parts.of(fixture(), parameter.getParameter().getType());
    }

    @Override
    public String toString() {
        Running now = now();
        return now == null
                ? said + ", not running"
                : said + " on port " + now.fixture().gateway().port();
    }
}
