package dev.lintel.mesh.verify;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.MeshModel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Only what a probe would see missing is called verified. */
class ProvenTest {
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
                  - endpoint: /health
                    allow: anyone
            """;
    private static final String OPEN = "kind: Api/v1\nservice: orders\nnamespace: shop\n";
    private static final String CALLERS = OPEN + """
            policies:
              - kind: auth.callers/v1
                workloads: [web.shop]
                endpoints: [/**]
            """;

    private final FakePlane plane = new FakePlane(MeshModel.EMPTY);

    private static MeshModel model(String yaml) {
        var compiled = new ModelCompiler(Kinds.installed())
                .compile(DefinitionFormat.yaml().read(yaml, "orders.yaml"), new World("example.com"));
        assertThat(compiled.problems()).isEmpty();
        return compiled.model();
    }

    private Probes probes() {
        return Probes.through(plane).by(plane).telling(plane.told::add);
    }

    /** What is found while the old model stays in force, and what is not proven. */
    private Verification look(Probes probes, MeshModel before, MeshModel now, List<Problem> found) {
        plane.takeOver(before);
        Verification verification = new Verification(probes, istio().domain("example.com"), before, now, now);
        found.addAll(verification.look(istio().domain("example.com").write(now).manifests()));
        return verification;
    }

    @ParameterizedTest
    @CsvSource({
        "scopes: [orders.read], scopes: [orders.admin]",
        "audiences: [orders], audiences: [billing]",
        "https://id.example, https://other.example"
    })
    void whatStaysAsItWasIsFoundByTokensThatWereGoodBefore(String old, String wanted) {
        List<Problem> found = new ArrayList<>();

        Verification unused = look(probes().tokens(plane), model(ORDERS), model(ORDERS.replace(old, wanted)), found);

        assertThat(found).isNotEmpty().allMatch(each -> each.code().equals("verify.open"));
        assertThat(found).extracting(Problem::message).anyMatch(line -> line.contains("that was good before"));
    }

    @ParameterizedTest
    @CsvSource({
        "scopes: [orders.read], scopes: [orders.admin], /orders/** is scope orders.admin",
        "audiences: [orders], audiences: [billing], audience billing",
        "https://id.example, https://other.example, issuer https://other.example"
    })
    void withoutTokensItIsNotCalledVerified(String old, String wanted, String what) {
        List<Problem> found = new ArrayList<>();

        Verification looked = look(probes(), model(ORDERS), model(ORDERS.replace(old, wanted)), found);

        assertThat(found).isEmpty();
        assertThat(looked.unproven())
                .extracting(Problem::render)
                .anyMatch(line -> line.startsWith("verify.unproven orders.shop: not proven: " + what
                                + ": it takes a token that only the issuer makes")
                        && line.contains("give tokens"));
        assertThat(plane.told)
                .anyMatch(line -> line.startsWith("not proven: orders.shop: " + what))
                .last()
                .asString()
                .startsWith("verified in part: ");
    }

    /** A token has one value of those that will do, and one that did before tells nothing of the new ones. */
    @Test
    void anotherValueThatIsTakenIsNotCalledVerifiedByOneThatWasTakenBefore() {
        String claims = ORDERS.replace(
                "        scopes: [orders.read]\n",
                "        claims:\n          - claim: tenant\n            anyOf: [acme]\n");
        List<Problem> found = new ArrayList<>();

        Verification looked = look(
                probes().tokens(plane).alsoServed(),
                model(claims),
                model(claims.replace("[acme]", "[acme, beta]")),
                found);

        assertThat(found).isEmpty();
        assertThat(looked.unproven())
                .extracting(Problem::message)
                .contains("not proven: /orders/** is claim tenant=acme|beta: no probe is answered otherwise by it");
    }

    @Test
    void whatIsOpenToEverybodyIsAskedForWhereNothingElseShowsIt() {
        List<Problem> found = new ArrayList<>();

        Verification unused = look(probes(), model(ORDERS), model(ORDERS.replace("/health", "/metrics")), found);
        List<Problem> fresh = new ArrayList<>();
        Verification unusedFresh = look(probes(), MeshModel.EMPTY, model(OPEN), fresh);

        assertThat(found)
                .extracting(Problem::message)
                .anyMatch(
                        line -> line.startsWith(
                                "GET orders.shop.example.com/metrics without a token, as everybody may should reach the service"))
                .anyMatch(line ->
                        line.startsWith("GET orders.shop.example.com/health without a token should be refused"));
        assertThat(fresh)
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith("GET orders.shop.example.com/lintel-probe without a token, as everybody may should reach");
    }

    @Test
    void whateverTheServiceAnswersItIsThere() {
        Probe probe = new ProbeWriter(model(OPEN), Statements.of(MeshModel.EMPTY, model(OPEN), List.of()), probes())
                .write()
                .get(0);

        assertThat(probe.kind()).isEqualTo(ProbeKind.ANYBODY);
        assertThat(List.of(ProbeAnswer.of(404, true), ProbeAnswer.of(503, false), ProbeAnswer.of(200, false)))
                .allMatch(probe::agrees);
        assertThat(List.of(ProbeAnswer.of(404, false), ProbeAnswer.of(403, false), ProbeAnswer.none("reset")))
                .noneMatch(probe::agrees);
    }

    @Test
    void whoMayCallInsideIsNotProvenThroughAGateway() {
        List<Problem> found = new ArrayList<>();

        Verification looked = look(
                probes().tokens(plane).alsoServed(),
                model(CALLERS),
                model(CALLERS.replace("web.shop", "batch.shop")),
                found);

        assertThat(found).isEmpty();
        assertThat(looked.unproven())
                .extracting(Problem::message)
                .containsExactly(
                        "not proven: who may call it inside the mesh: calls from inside and what leaves do not go"
                                + " through a gateway");
    }

    @Test
    void whatIsTakenOutIsAskedForWhereItWas() {
        String other = OPEN.replace("orders", "legacy");
        List<Problem> found = new ArrayList<>();

        Verification unused = look(probes(), model(ORDERS + "---\n" + other), model(ORDERS), found);

        assertThat(found)
                .extracting(Problem::message)
                .singleElement()
                .asString()
                .startsWith(
                        "GET legacy.shop.example.com/lintel-probe where nothing is exposed any more should be refused"
                                + " (UNKNOWN_HOST")
                .contains("it is open");
    }

    @Test
    void whatTakesTokensThatNobodySuppliesIsTold() {
        ProbeWriter writer = new ProbeWriter(model(ORDERS), Statements.NONE, probes());
        List<Probe> unused = writer.write();

        assertThat(writer.left())
                .contains(
                        "what is asked with an expired token, which no issuer has supplied: orders.shop",
                        "what is asked with a token for another audience, which no issuer has supplied: orders.shop",
                        "what is asked with a token without scopes, which no issuer has supplied: orders.shop");
    }

    @Test
    void everyHostIsAsked() {
        String hosts = IntStream.range(0, 60)
                .mapToObj(i -> "  - kind: entry.host/v1\n    host: h" + i + ".shop.example.com\n")
                .collect(Collectors.joining());
        MeshModel two = model(ORDERS.replace(
                "policies:\n", "policies:\n" + hosts.lines().limit(4).collect(Collectors.joining("\n")) + "\n"));
        ProbeWriter many =
                new ProbeWriter(model(ORDERS.replace("policies:\n", "policies:\n" + hosts)), Statements.NONE, probes());

        assertThat(new ProbeWriter(two, Statements.NONE, probes()).write())
                .extracting(probe -> probe.request().host())
                .contains("h0.shop.example.com", "h1.shop.example.com");
        assertThat(many.write()).extracting(probe -> probe.request().host()).contains("h39.shop.example.com");
        assertThat(many.left())
                .anyMatch(line -> line.matches("h40.shop.example.com and [0-9]+ more hosts of orders.shop"));
    }

    @Test
    void aSlowGatewayIsNotAWrongOneAndAResetConnectionIsAskedAgain() {
        MeshModel many = model(IntStream.range(0, 50)
                .mapToObj(i -> ORDERS.replace("service: orders", "service: orders" + i))
                .collect(Collectors.joining("---\n")));
        DataPath slow = request -> {
            plane.pause(Duration.ofMillis(90));
            return plane.sent.size() == 2500 ? reset(request) : plane.send(request);
        };
        plane.takeOver(many);
        Verification verification = new Verification(
                Probes.through(slow).by(plane).telling(plane.told::add),
                istio().domain("example.com"),
                many,
                many,
                many);

        assertThat(verification.look(List.of())).isEmpty();
        assertThat(plane.nanos()).isGreaterThan(Duration.ofMinutes(2).toNanos());
        assertThat(plane.told).anyMatch(line -> line.startsWith("not in force yet: 1 probe disagrees"));
    }

    private ProbeAnswer reset(ProbeRequest request) {
        plane.sent.add(request);
        return ProbeAnswer.none("the connection was reset");
    }

    @Test
    void whatWasNotAskedIsNotCalledDifferent() {
        MeshModel model = model(ORDERS);
        DataPath dying = request -> {
            if (plane.sent.size() > 3) {
                plane.pause(Duration.ofSeconds(30));
                return reset(request);
            }
            return plane.send(request);
        };
        plane.takeOver(model);

        List<Problem> found = new Verification(
                        Probes.through(dying).by(plane), istio().domain("example.com"), model, model, model)
                .look(List.of());

        assertThat(found).extracting(Problem::code).contains("verify.differs", "verify.incomplete");
        assertThat(found).extracting(Problem::message).noneMatch(line -> line.contains("not asked, because the time"));
    }

    @Test
    void whatADataPathThrowsIsNoAnswer() {
        MeshModel model = model(ORDERS);
        List<Problem> found = new Verification(
                        Probes.through(request -> {
                                    throw new IllegalStateException("secret");
                                })
                                .by(plane),
                        istio().domain("example.com"),
                        model,
                        model,
                        model)
                .look(List.of());

        assertThat(found).extracting(Problem::code).containsExactly("verify.unanswered");
        assertThat(found.toString()).contains("IllegalStateException").doesNotContain("secret");
    }

    @Test
    void whoIsToldAndThrowsDoesNotLoseWhatIsOpen() {
        MeshModel model = model(ORDERS);
        plane.takeOver(model(OPEN));
        List<Problem> found = new Verification(
                        probes().telling(line -> {
                            if (line.startsWith("not in force yet")) {
                                throw new IllegalStateException("the log is full");
                            }
                        }),
                        istio().domain("example.com"),
                        model,
                        model,
                        model)
                .look(List.of());

        assertThat(found).extracting(Problem::code).contains("verify.open", "verify.broken");
    }
}
