package dev.lintel.mesh;

import static dev.lintel.mesh.istio.IstioDialect.istio;
import static dev.lintel.mesh.target.DirectoryTarget.directory;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.mesh.verify.NotInForceException;
import dev.lintel.mesh.verify.ProbeAnswer;
import dev.lintel.mesh.verify.Probes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Only what somebody serves from is verified, and whatever happens meanwhile, what is open is told and nothing is reopened. */
class ProofTest {
    private static final List<ApiDefinition> APIS =
            DefinitionFormat.yaml().read("kind: Api/v1\nservice: orders\nnamespace: shop\n", "apis.yaml");

    private static final String LEGACY = "kind: Api/v1\nservice: legacy\nnamespace: shop\n";
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
            """;

    @TempDir
    Path folder;

    @Test
    void aDirectoryIsNotWrittenWhereItIsToBeVerified() {
        Mesh mesh = Mesh.of(istio().domain("example.com"), directory(folder))
                .verifiedBy(Probes.through(request -> ProbeAnswer.of(200, true)));
        Plan plan = mesh.plan(APIS);

        assertThatThrownBy(() -> mesh.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("verify.nowhere directory ");
        assertThat(mesh.inForce().model().apis()).isEmpty();
    }

    private static List<ApiDefinition> read(String yaml) {
        return DefinitionFormat.yaml().read(yaml, "apis.yaml");
    }

    private Mesh mesh(ServingTarget target, Probes probes) {
        return Mesh.of(istio().domain("example.com"), target).verifiedBy(probes.upTo(Duration.ofMillis(50)));
    }

    private static Probes open() {
        return Probes.through(request -> ProbeAnswer.of(200, true));
    }

    @Test
    void tokensAreThereBeforeAnythingIsWritten() {
        Mesh mesh = mesh(new ServingTarget(directory(folder)), open().tokens(wish -> {
            throw new IllegalStateException("the issuer is down: its password");
        }));
        Plan plan = mesh.plan(read(ORDERS));

        assertThatThrownBy(() -> mesh.apply(plan))
                .isInstanceOf(ProblemsException.class)
                .hasMessageContaining("verify.tokens")
                .hasMessageContaining("nothing was written")
                .hasMessageNotContaining("password");
        assertThat(mesh.inForce().model().apis()).isEmpty();
    }

    @Test
    void whatIsOpenIsTakenBackAlthoughOthersCannotBeRead() {
        ServingTarget target = new ServingTarget(directory(folder));
        target.others = () -> {
            throw new IllegalStateException("503: the apiserver is busy");
        };
        Mesh mesh = mesh(target, open());
        Plan plan = mesh.plan(read(ORDERS));

        NotInForceException failure = catchThrowableOfType(NotInForceException.class, () -> mesh.apply(plan));

        assertThat(failure.isRolledBack()).isTrue();
        assertThat(failure.problems())
                .extracting(Problem::code)
                .startsWith("verify.open")
                .contains("verify.others", "verify.rolled-back");
    }

    @Test
    void whatIsOpenIsToldAlthoughWritingIsCutOff() {
        ServingTarget target = new ServingTarget(directory(folder));
        target.end = () -> {
            throw new IllegalStateException("the lease is lost");
        };
        Mesh mesh = mesh(target, open());
        Plan plan = mesh.plan(read(ORDERS));

        NotInForceException failure = catchThrowableOfType(NotInForceException.class, () -> mesh.apply(plan));

        assertThat(failure.isRolledBack()).isFalse();
        assertThat(failure).hasCauseInstanceOf(IllegalStateException.class);
        assertThat(failure.problems())
                .extracting(Problem::code)
                .startsWith("verify.open")
                .contains("verify.kept");
    }

    @Test
    void whatIsTakenOutDoesNotComeBackByItself() {
        ServingTarget target = new ServingTarget(directory(folder));
        Mesh plain = Mesh.of(istio().domain("example.com"), target);
        plain.apply(plain.plan(read(LEGACY + "---\n" + ORDERS)));
        AtomicBoolean first = new AtomicBoolean(true);
        Probes lossy = Probes.through(request ->
                first.getAndSet(false) ? ProbeAnswer.of(401, false) : ProbeAnswer.none("the connection was reset"));
        Mesh mesh = mesh(target, lossy);
        Plan plan = mesh.plan(read(ORDERS));

        NotInForceException failure = catchThrowableOfType(NotInForceException.class, () -> mesh.apply(plan));

        assertThat(failure.isRolledBack()).isFalse();
        assertThat(failure.problems())
                .extracting(Problem::code)
                .containsExactly("verify.unanswered", "verify.exposes", "verify.kept");
        assertThat(failure.problems().get(1).render())
                .contains("legacy.shop at legacy.shop.example.com", "allowWidening(\"reason\")");
        assertThat(plain.inForce().model().apis()).extracting(ApiModel::id).containsExactly("orders.shop");
    }

    @Test
    void whatIsNotProvenIsAWarningOfWhatWasApplied() {
        Mesh mesh = mesh(
                new ServingTarget(directory(folder)),
                Probes.through(request -> request.host().startsWith("lintel-probe")
                        ? ProbeAnswer.of(404, false)
                        : ProbeAnswer.of(401, false)));
        Plan plan = mesh.plan(read(ORDERS));

        assertThat(mesh.apply(plan).plan().warnings())
                .extracting(Problem::message)
                .contains("not proven: audience orders: it takes a token that only the issuer makes");
        assertThat(plan.warnings()).extracting(Problem::code).doesNotContain("verify.unproven");
    }
}
