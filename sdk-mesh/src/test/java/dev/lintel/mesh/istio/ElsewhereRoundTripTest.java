package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Dialect.Written;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A service elsewhere is read back as it was said, and a mistake in what is written for it shows. */
class ElsewhereRoundTripTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");
    private static final Elsewhere.Tls TLS =
            new Elsewhere.Tls("api.psp.example", List.of("api.psp.example", "psp.example"), null, null, null);

    private static Elsewhere at(String address, Elsewhere.@Nullable Tls tls, @Nullable Duration limit) {
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL, URI.create(address), "api.psp.example", tls, limit, null, Sketch.LINE);
    }

    private static MeshModel model(Elsewhere elsewhere, @Nullable BreakerRule breaker) {
        ApiModel api = new Sketch().withoutSplit().api();
        Service here = api.service();
        Traffic traffic = new Traffic(List.of(), List.of(), null, breaker, null, null, elsewhere);
        Service service = new Service(
                here.name(), here.port(), here.labels(), List.of(), null, here.retry(), here.timeout(), traffic);
        return new MeshModel(
                List.of(new ApiModel(api.name(), api.namespace(), api.entry(), service, List.of(), api.origin())));
    }

    @Test
    void whereItIsIsReadBack() {
        Random random = new Random(7);
        int told = 0;
        for (int i = 0; i < 200; i++) {
            boolean tls = random.nextBoolean();
            String host =
                    List.of("api.psp.example", "edge.psp.example", "192.0.2.7").get(random.nextInt(3));
            Elsewhere said = at(
                    (tls ? "https://" : "http://") + host + ":" + (random.nextBoolean() ? 443 : 8443),
                    tls ? TLS : null,
                    random.nextBoolean() ? null : Duration.ofMillis(1500));
            BreakerRule breaker = random.nextBoolean()
                    ? null
                    : Sketch.breaker(50, new BreakerRule.Limits(random.nextBoolean() ? 10 : null, 5, null, null));
            Written written = DIALECT.write(model(said, breaker));
            assertThat(written.problems()).isEmpty();
            Read read = DIALECT.read(written.manifests());
            assertThat(read.problems()).isEmpty();
            Traffic back = read.model().apis().get(0).service().traffic();
            assertThat(back.elsewhere()).isEqualTo(said);
            assertThat(back.breaker() == null).isEqualTo(breaker == null);
            told += tls ? 1 : 0;
        }
        assertThat(told).isBetween(50, 150);
    }

    private static List<String> after(UnaryOperator<List<Manifest>> mistake) {
        List<Manifest> written = DIALECT.write(model(at("https://api.psp.example:443", TLS, null), null))
                .manifests();
        List<String> messages = new ArrayList<>();
        DIALECT.read(mistake.apply(written)).problems().forEach(problem -> messages.add(problem.message()));
        return messages;
    }

    @Test
    void withoutAMistakeNothingIsTold() {
        assertThat(after(manifests -> manifests)).isEmpty();
    }

    @Test
    void oneOfTheThreeThatGoTogetherIsForgotten() {
        assertThat(after(Mutant.without(Meta.DESTINATION_RULE)))
                .anyMatch(message -> message.contains("no DestinationRule that says how it is connected to"));
        for (String part : List.of("sni", "subjectAltNames", "caCertificates")) {
            assertThat(after(Mutant.of(
                            Meta.DESTINATION_RULE,
                            "",
                            spec -> Mutant.map(Mutant.at(spec, "trafficPolicy", "tls"))
                                    .remove(part))))
                    .anyMatch(message -> message.contains("does not ask for the names in the certificate"));
        }
        for (String routes : List.of("-entry", "-mesh")) {
            assertThat(after(Mutant.of(
                            Meta.VIRTUAL_SERVICE,
                            routes,
                            spec -> Mutant.map(Mutant.at(spec, "http", 0)).remove("rewrite"))))
                    .anyMatch(message -> message.contains("is called by several names"));
        }
    }
}
