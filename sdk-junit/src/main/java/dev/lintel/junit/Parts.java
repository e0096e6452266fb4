package dev.lintel.junit;

import dev.lintel.core.VirtualClock;
import dev.lintel.embedded.Gateway;
import dev.lintel.embedded.authorization.AuthorizationServer;
import dev.lintel.embedded.authorization.chaos.Chaos;
import java.net.http.HttpClient;
import java.util.Set;

/** The parts of a fixture that a test can take as parameters, by their types. */
final class Parts {
    static final Set<Class<?>> TYPES = Set.of(
            Gateway.class,
            AuthorizationServer.class,
            Chaos.class,
            TokenIssuer.class,
            RequestJournal.class,
            VirtualClock.class,
            HttpClient.class);

    private Parts() {}

    static Object of(Fixture fixture, Class<?> type) {
        if (type == Gateway.class) {
            return fixture.gateway();
        }
        if (type == AuthorizationServer.class) {
            return authorization(fixture);
        }
        if (type == Chaos.class) {
            return authorization(fixture).chaos();
        }
        if (type == TokenIssuer.class) {
            return new TokenIssuer(authorization(fixture));
        }
        if (type == RequestJournal.class) {
            return fixture.journal();
        }
        return type == VirtualClock.class ? clock(fixture) : fixture.http();
    }

    static AuthorizationServer authorization(Fixture fixture) {
        AuthorizationServer server = fixture.authorization();
        if (server == null) {
            throw new IllegalStateException(
                    "this gateway runs without an authorization server; leave out withoutIssuer() to have one");
        }
        return server;
    }

    static VirtualClock clock(Fixture fixture) {
        VirtualClock clock = fixture.clock();
        if (clock == null) {
            throw new IllegalStateException(
                    "this gateway goes by the clock of the machine; leave out realClock() to have a virtual one");
        }
        return clock;
    }
}
