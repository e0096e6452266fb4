package dev.lintel.embedded;

import dev.lintel.core.Origin;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.AuthorizerRule.Body;
import dev.lintel.core.model.AuthorizerRule.Protocol;
import java.net.URI;
import java.time.Duration;

/** Authorizers for tests: OPA's REST API, spoken by a {@link FakeService}. */
final class Asks {
    static final Duration LONG = Duration.ofSeconds(20);

    private Asks() {}

    static AuthorizerRule rule(URI opa) {
        return rule(opa, LONG, false, null);
    }

    static AuthorizerRule rule(URI opa, Duration timeout, boolean failOpen, Body body) {
        return new AuthorizerRule(
                Protocol.OPA_REST, opa, "envoy/authz/allow", timeout, failOpen, 403, body, Origin.unknown());
    }

    static AuthorizerRule shown(URI opa, int maxBytes, boolean partial) {
        return rule(opa, LONG, false, new Body(maxBytes, partial, false));
    }

    /** A definition whose every request is asked about. */
    static Said orders(AuthorizerRule rule) {
        return Said.orders().shaped(draft -> draft.authorizer(rule));
    }

    static byte[] answer(int status, String json) {
        return FakeService.bytes("HTTP/1.1 " + status + " X\r\nContent-Type: application/json\r\nContent-Length: "
                + json.length() + "\r\n\r\n" + json);
    }

    /** An OPA that answers each question with this result. */
    static FakeService deciding(String result) {
        return FakeService.start((asked, out) -> out.write(answer(200, "{\"result\":" + result + "}")));
    }
}
