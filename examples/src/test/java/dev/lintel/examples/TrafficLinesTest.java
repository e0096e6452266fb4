package dev.lintel.examples;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.core.match.Condition.caller;
import static dev.lintel.core.match.Condition.claim;
import static dev.lintel.core.match.Condition.cookie;
import static dev.lintel.core.match.Condition.header;
import static dev.lintel.core.match.Match.match;
import static dev.lintel.traffic.ServedBy.cloudFoundry;
import static dev.lintel.traffic.ServedBy.external;
import static dev.lintel.traffic.ServedBy.knative;
import static dev.lintel.traffic.ServedBy.remoteCluster;
import static dev.lintel.traffic.Split.split;
import static java.time.Duration.ofMillis;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Origin;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.sdk.Api;
import dev.lintel.sdk.Exposure;
import dev.lintel.traffic.Fault;
import dev.lintel.traffic.LoadBalancing;
import dev.lintel.traffic.Redirect;
import dev.lintel.traffic.Retry;
import dev.lintel.traffic.ServedBy;
import dev.lintel.traffic.Sticky;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The lines about traffic as users write them, and the model that they mean. */
class TrafficLinesTest {
    private static final ApiDefinition ORDERS = Api.expose("orders")
            .inNamespace("shop")
            .withOAuth2(oauth2("https://id.example"))
            .split(split("v1", 90, "v2", 10).sticky(Sticky.claim("sub")))
            .when(header("x-canary", "1"))
            .to("v2")
            .when(cookie("lane", "blue"))
            .to("v2")
            .when(claim("group", "testers"))
            .to("v2")
            .when(caller("alice"))
            .to("v2")
            .mirror("v3", 5)
            .breaker(b -> b.consecutive5xx(5)
                    .ejectFor(ofSeconds(30))
                    .maxConnections(100)
                    .maxPending(50))
            .loadBalancing(LoadBalancing.leastRequest().localityFirst())
            .healthCheck("/healthz")
            .retry(Retry.attempts(2)
                    .perTry(ofSeconds(1))
                    .on(RetryOn.CONNECT_FAILURE, RetryOn.SERVER_ERROR)
                    .onStatus(429)
                    .backOff(ofMillis(25), ofMillis(250))
                    .budget(20))
            .redirect(match("/old/**"), Redirect.toPath("/new"))
            .respond(match("/ping"), 200, "pong")
            .addHeader("x-via", "lintel")
            .removeHeader("x-debug")
            .addResponseHeader("vary", "x-canary")
            .removeResponseHeader("server")
            .fault(Fault.delay(ofMillis(200), 10).abort(503, 5))
            .define();

    private static ApiModel model(ApiDefinition definition) {
        var compiled = new ModelCompiler(Kinds.installed()).compile(List.of(definition), new World("localhost"));
        assertThat(compiled.problems()).isEmpty();
        return compiled.model().apis().get(0);
    }

    @Test
    void everyLineMeansItsRule() {
        ApiModel orders = model(ORDERS);
        assertThat(orders.service().traffic())
                .isEqualTo(new Traffic(
                        List.of(
                                choice("v2", header("x-canary", "1")),
                                choice("v2", cookie("lane", "blue")),
                                choice("v2", claim("group", "testers")),
                                choice("v2", caller("alice"))),
                        List.of(new MirrorRule("v3", 5, Origin.unknown())),
                        new FaultRule(
                                new FaultRule.Delay(ofMillis(200), 10), new FaultRule.Abort(503, 5), Origin.unknown()),
                        new BreakerRule(
                                new BreakerRule.Outliers(
                                        5, 0, false, 0, ofSeconds(10), ofSeconds(30), ofMinutes(5), ofSeconds(0), null),
                                new BreakerRule.Limits(100, 50, null, null),
                                Origin.unknown()),
                        new BalanceRule(BalanceRule.Algorithm.LEAST_REQUEST, null, true, Origin.unknown()),
                        new HealthRule("/healthz", ofSeconds(10), ofSeconds(1), 3, 1, Origin.unknown()),
                        null));
        assertThat(orders.service().split())
                .isEqualTo(new SplitRule(
                        List.of(new SplitRule.Share("v1", 90), new SplitRule.Share("v2", 10)),
                        new SplitRule.Sticky(SplitRule.By.CLAIM, "sub"),
                        Origin.unknown()));
        assertThat(orders.service().retry())
                .isEqualTo(new RetryRule(
                        2,
                        ofSeconds(1),
                        false,
                        Set.of(RetryOn.CONNECT_FAILURE, RetryOn.SERVER_ERROR),
                        Set.of(429),
                        RetryRule.Backoff.DEFAULT,
                        RetryRule.Budget.DEFAULT,
                        Origin.unknown()));
        assertThat(orders.entry().routes().stream().map(route -> route.answer()))
                .containsExactly(
                        new Answer.Direct(200, "text/plain; charset=utf-8", "pong"),
                        new Answer.Redirect(302, null, null, null, "/new"),
                        null);
        assertThat(orders.entry().headers().more())
                .isEqualTo(new MoreHeaders(
                        Map.of("x-via", "lintel"), Map.of("vary", "x-canary"), List.of("x-debug"), List.of("server")));
    }

    private static Choice choice(String version, Condition when) {
        return new Choice(when, version, Origin.unknown());
    }

    @Test
    void everyLineReadsBackEqual() {
        for (DefinitionFormat format : List.of(DefinitionFormat.yaml(), DefinitionFormat.json())) {
            assertThat(format.read(format.write(ORDERS), "orders")).containsExactly(ORDERS);
        }
    }

    @Test
    void aServiceMayBeElsewhere() {
        Exposure billing = Api.expose("billing").inNamespace("shop");
        assertThat(Stream.of(
                                external("https://api.psp.example"),
                                cloudFoundry("billing", "billing.cfapps.example"),
                                knative("billing"),
                                remoteCluster("https://gateway.eu.example", "billing.shop.eu.example"))
                        .map(place -> elsewhere(billing, place)))
                .containsExactly(
                        "EXTERNAL https://api.psp.example:443 api.psp.example",
                        "CLOUD_FOUNDRY https://billing.cfapps.example:443 billing.cfapps.example",
                        "KNATIVE null billing.shop.svc.cluster.local",
                        "REMOTE_CLUSTER https://gateway.eu.example:443 billing.shop.eu.example");
    }

    private static String elsewhere(Exposure exposure, ServedBy place) {
        Elsewhere elsewhere =
                model(exposure.servedBy(place).define()).service().traffic().elsewhere();
        return elsewhere == null ? "" : elsewhere.kind() + " " + elsewhere.address() + " " + elsewhere.authority();
    }
}
