package dev.lintel.mesh.verify;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Problem;
import dev.lintel.core.Secret;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Probes come of the rules, are safe to send, and are asked again until all of them agree. */
class ProbesTest {
    private static final String ORDERS = """
            kind: Api/v1
            service: orders
            namespace: shop
            policies:
              - kind: auth.oauth2/v1
                issuers:
                  - issuer: https://id.example
                audiences: [orders]
                rules:
                  - endpoint: /orders/**
                    scopes: [orders.read]
                  - endpoint: POST /orders
                    scopes: [orders.write]
                  - endpoint: /health
                    allow: anyone
                  - endpoint: /orders/internal/**
                    allow: nobody
            """;
    private static final String OPEN = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
    private static final MeshModel MODEL = model(ORDERS);

    private final FakePlane plane = new FakePlane(MODEL);

    private static MeshModel model(String yaml) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(yaml, "orders.yaml"), new World("example.com"));
        assertThat(compiled.problems()).isEmpty();
        return compiled.model();
    }

    private Probes probes() {
        return Probes.through(plane).by(plane).telling(plane.told::add);
    }

    private static List<String> written(Probes probes) {
        return new ProbeWriter(MODEL, Statements.NONE, probes)
                .write().stream().map(Probe::toString).toList();
    }

    private List<Problem> look(Probes probes) {
        return new Verification(probes, istio().domain("example.com"), MODEL, MODEL, MODEL)
                .look(istio().domain("example.com").write(MODEL).manifests());
    }

    @Test
    void unlessMoreIsSaidOnlyWhatIsRefusedIsAskedAndByMethodsThatChangeNothing() {
        List<String> all = written(probes());

        assertThat(all)
                .filteredOn(probe -> probe.endsWith("without a token"))
                .containsExactly(
                        "GET orders.shop.example.com/orders/internal/lintel-probe without a token",
                        "GET orders.shop.example.com/orders/lintel-probe without a token",
                        "GET orders.shop.example.com/health-lintel-probe without a token",
                        "GET orders.shop.example.com/orders/internal-lintel-probe without a token",
                        "GET orders.shop.example.com/orders-lintel-probe without a token",
                        "GET orders.shop.example.com/lintel-probe without a token");
        assertThat(all)
                .contains(
                        "GET orders.shop.example.com/health with a malformed token",
                        "GET orders.shop.example.com/health with a token signed by an unknown key",
                        "GET lintel-probe.orders.shop.example.com/ to a host that is not exposed")
                .doesNotContain("GET orders.shop.example.com/health without a token")
                .hasSize(21)
                .allMatch(probe -> probe.startsWith("GET "));
    }

    @Test
    void whatTheIssuerSuppliesIsAskedTooAndWhatIsServedIfThatIsSaid() {
        List<String> more = written(probes().tokens(plane));
        List<String> all = written(probes().tokens(plane).alsoServed());

        assertThat(more)
                .contains(
                        "GET orders.shop.example.com/orders/lintel-probe with an expired token",
                        "GET orders.shop.example.com/orders/lintel-probe with a token for another audience",
                        "GET orders.shop.example.com/orders/lintel-probe with a token without scopes",
                        "GET orders.shop.example.com/orders/internal/lintel-probe with a good token")
                .doesNotContain(
                        "GET orders.shop.example.com/health without a token",
                        "GET orders.shop.example.com/orders/lintel-probe with a good token");
        assertThat(all)
                .contains(
                        "GET orders.shop.example.com/health without a token",
                        "GET orders.shop.example.com/orders/lintel-probe with a good token");
        assertThat(all).noneMatch(probe -> probe.startsWith("POST"));
    }

    @Test
    void otherMethodsAreAskedOnlyWhereTheyAreRefusedAndThatIsSaid() {
        ProbeWriter safe = new ProbeWriter(MODEL, Statements.NONE, probes());
        List<Probe> unused = safe.write();

        assertThat(safe.left())
                .contains("'POST /orders' of orders.shop, which only methods that change something reach:"
                        + " alsoMethodsThatChange() of Probes sends them");
        assertThat(written(probes().alsoMethodsThatChange().tokens(plane).alsoServed()))
                .contains("POST orders.shop.example.com/orders without a token")
                .doesNotContain("POST orders.shop.example.com/orders with a good token");
        assertThat(unused).isNotEmpty();
    }

    @Test
    void aTokenOfAnUnknownKeySaysAllThatItShould() {
        Secret token = new ProbeWriter(MODEL, Statements.NONE, probes())
                .write().stream()
                        .filter(probe -> probe.kind() == ProbeKind.UNKNOWN_KEY
                                && probe.request().path().equals("/orders/lintel-probe"))
                        .map(probe -> probe.request().token())
                        .findFirst()
                        .orElseThrow();

        String[] parts = token.reveal().split("\\.");
        assertThat(parts).hasSize(3);
        assertThat(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8))
                .isEqualTo("{\"iss\":\"https://id.example\",\"sub\":\"lintel-probe\",\"aud\":\"orders\","
                        + "\"iat\":1767225600,\"exp\":1767225900,\"scope\":\"orders.read\"}");
    }

    @Test
    void whatIsMoreThanTheLimitIsLeftOutAndTold() {
        ProbeWriter writer = new ProbeWriter(MODEL, Statements.NONE, probes().atMost(3, 10));

        assertThat(writer.write()).hasSize(4);
        assertThat(writer.left())
                .anyMatch(line -> line.endsWith("probes of orders.shop, which are more than the limit"));
        assertThatThrownBy(() -> probes().atMost(0, 10)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void probesAreAskedUntilProxiesHaveTakenItOver() {
        plane.takeOver(model(OPEN));
        plane.meanwhile = () -> {
            if (plane.nanos() >= Duration.ofSeconds(3).toNanos()) {
                plane.takeOver(MODEL);
            }
        };

        assertThat(look(probes().tokens(plane).alsoServed())).isEmpty();
        assertThat(plane.nanos())
                .isBetween(
                        Duration.ofSeconds(3).toNanos(), Duration.ofSeconds(6).toNanos());
        assertThat(plane.told).last().asString().startsWith("verified: ").endsWith(" probes agree");
    }

    @Test
    void whatIsOpenIsFoundAlthoughKeptConnectionsAreJudgedAsBefore() {
        plane.takeOver(model(ORDERS.replace("/orders/internal/**", "/elsewhere/**")));
        plane.keeps(80, MODEL);

        assertThat(look(probes().tokens(plane).upTo(Duration.ofSeconds(5))))
                .extracting(Problem::code)
                .containsExactly("verify.open");
    }

    @Test
    void probesMustAgreeInEachOfFiveRounds() {
        int probes = written(probes()).size();

        assertThat(look(probes())).isEmpty();
        assertThat(plane.sent).hasSize(5 * probes);
    }

    @Test
    void whatAgreesAtLastIsStillAskedAsAWhole() {
        plane.takeOver(model(OPEN));
        // The last look before the time is over: what had disagreed agrees, and the rest does not any more.
        plane.meanwhile = () -> plane.takeOver(
                plane.nanos() < Duration.ofSeconds(2).toNanos()
                        ? model(OPEN)
                        : model(ORDERS.replace("/health", "/well")));

        assertThat(look(probes().alsoServed().upTo(Duration.ofSeconds(2))))
                .extracting(Problem::code)
                .contains("verify.differs");
    }

    @Test
    void aGatewayThatGivesNoAnswerIsToldOnceAndNoObjectIsBlamed() {
        Probes nowhere = Probes.through(request -> ProbeAnswer.none("could not be connected to"))
                .by(plane)
                .telling(plane.told::add);

        assertThat(look(nowhere)).extracting(Problem::render).containsExactly("""
                verify.unanswered the gateway: answered none of 21 probes: no answer: could not be connected to; whether anything \
                is in force is not known
                      see that this is where it listens, and that it can be reached from here""");
    }

    @Test
    void whatStaysOpenIsToldFirstWithItsObjects() {
        plane.takeOver(model(ORDERS.replace("/orders/internal/**", "/elsewhere/**")));

        List<Problem> problems = look(probes().tokens(plane).upTo(Duration.ofSeconds(5)));

        assertThat(problems).extracting(Problem::render).first().asString().isEqualTo("""
                verify.open orders.shop: GET orders.shop.example.com/orders/internal/lintel-probe with a good token should be \
                refused (DENIED: nobody may call this), but was answered 200: it is open; not in force is AuthorizationPolicy \
                shop/orders
                      see whether these objects are there and as written, what others put beside them, and whether proxies \
                take them
                      at orders.yaml:16""");
        assertThat(problems).hasSize(1);
    }

    @Test
    void aTokenThatNobodyLooksAtIsAMatterOfTheRequestAuthentication() {
        List<Probe> probes = new ProbeWriter(MODEL, Statements.NONE, probes()).write();
        Probe malformed = probes.stream()
                .filter(probe -> probe.kind() == ProbeKind.MALFORMED
                        && probe.request().path().equals("/health"))
                .findFirst()
                .orElseThrow();

        assertThat(new Blame(
                                istio().domain("example.com"),
                                MODEL,
                                istio().domain("example.com").write(MODEL).manifests())
                        .of(malformed))
                .containsExactly("RequestAuthentication shop/orders");
    }

    @Test
    void aServiceThatIsNotReachedIsADifferenceAndNotOpen() {
        plane.takeOver(MeshModel.EMPTY);

        List<Problem> problems = look(probes().alsoServed().upTo(Duration.ofSeconds(5)));

        assertThat(problems).isNotEmpty().extracting(Problem::code).containsOnly("verify.differs");
        assertThat(problems)
                .extracting(Problem::message)
                .contains(
                        "GET orders.shop.example.com/health without a token should reach the service, but was answered 404;"
                                + " not in force is VirtualService shop/orders-entry, Gateway istio-system/shop");
    }

    @Test
    void aProxyThatRejectsIsADifferenceAndOnesElsewhereAreNot() {
        Rejections source = () -> List.of(
                new Rejections.Rejection("orders-v1.shop", "shop", false, "Listener", "no such filter"),
                new Rejections.Rejection("other.bank", "bank", false, "Listener", "not ours"));

        List<Problem> problems = look(probes().rejections(source).upTo(Duration.ofSeconds(5)));
        List<Problem> unasked = look(probes().rejections(() -> {
                    throw new IllegalStateException("istiod gives no answer");
                })
                .upTo(Duration.ofSeconds(5)));

        assertThat(problems).extracting(Problem::code).containsExactly("verify.rejected");
        assertThat(problems.get(0).render())
                .startsWith("verify.rejected proxy orders-v1.shop: has rejected a Listener and goes on with what it had"
                        + " before: no such filter");
        assertThat(unasked).extracting(Problem::code).containsExactly("verify.unasked");
        assertThat(unasked.get(0).message()).contains("istiod gives no answer");
    }

    @Test
    void noTokenIsShown() {
        plane.takeOver(model(OPEN));

        List<Problem> problems = look(probes().tokens(plane).upTo(Duration.ofSeconds(2)));

        assertThat(problems).isNotEmpty();
        assertThat(problems.toString() + plane.told + plane.sent).doesNotContain("issued-", ".is-no.", "eyJ");
        assertThat(plane.sent).anyMatch(request -> request.toString().endsWith("with the token [redacted]"));
    }

    @Test
    void whatIsRefusedMayNotComeFromTheServiceItself() {
        Probe unlisted = new ProbeWriter(MODEL, Statements.NONE, probes())
                .write().stream()
                        .filter(probe -> probe.request().path().equals("/lintel-probe"))
                        .findFirst()
                        .orElseThrow();

        assertThat(unlisted.agrees(ProbeAnswer.of(404, false))).isTrue();
        assertThat(unlisted.agrees(ProbeAnswer.of(404, true))).isFalse();
        assertThat(unlisted.isOpen(ProbeAnswer.of(404, true))).isTrue();
        assertThat(unlisted.agrees(ProbeAnswer.of(403, true))).isTrue();
        assertThat(unlisted.isOpen(ProbeAnswer.of(503, false))).isFalse();
        assertThat(unlisted.agrees(ProbeAnswer.of(503, false))).isFalse();
        assertThat(unlisted.agrees(ProbeAnswer.none("it took too long"))).isFalse();
    }
}
