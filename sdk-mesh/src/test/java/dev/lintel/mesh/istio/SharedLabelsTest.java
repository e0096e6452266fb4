package dev.lintel.mesh.istio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Where one workload could be that of two APIs, or one service elsewhere that of two hosts, it is told or refused. */
class SharedLabelsTest {
    private static final IstioDialect DIALECT = IstioDialect.istio().domain("example.com");

    private static ApiModel api(String name, boolean closed, Map<String, String> labels, Version... versions) {
        Access access = closed
                ? new Access(
                        List.of(), List.of(), List.of(new AccessRule(Endpoint.any(), Requirement.DENIED, Sketch.LINE)))
                : Access.OPEN;
        ApiModel plain = new Sketch().withoutSplit().api();
        Entry entry = new Entry(
                List.of(name + ".shop.example.com"),
                access,
                plain.entry().routes(),
                List.of(),
                plain.entry().headers(),
                false,
                List.of(),
                null,
                null);
        Service service = new Service(name, 80, labels, List.of(versions), null, null, null, Traffic.NONE);
        return new ApiModel(name, "shop", entry, service, List.of(), Sketch.LINE);
    }

    private static List<String> needed(ApiModel... apis) {
        return DIALECT.write(new MeshModel(List.of(apis))).prerequisites().stream()
                .filter(one -> one.code().equals("istio.labels-together"))
                .map(Problem::message)
                .toList();
    }

    @Test
    void labelsThatOneWorkloadCouldCarryTogetherAreTold() {
        assertThat(needed(api("a", true, Map.of("app", "a")), api("b", true, Map.of("tier", "b"))))
                .singleElement()
                .asString()
                .contains("no workload may carry both {tier=b} and {app=a}", "a.shop");
        assertThat(needed(
                        api("a", true, Map.of("app", "x", "tier", "a")),
                        api("b", false, Map.of("app", "x", "part", "b"))))
                .hasSize(1);
    }

    @Test
    void labelsThatDifferInOneValueOrAskForNothingAreNot() {
        assertThat(needed(api("a", true, Map.of("app", "a")), api("b", true, Map.of("app", "b"))))
                .isEmpty();
        assertThat(needed(
                        api("a", true, Map.of("app", "a", "tier", "x")),
                        api("b", true, Map.of("app", "b", "part", "x"))))
                .isEmpty();
        assertThat(needed(api("a", false, Map.of("app", "a")), api("b", false, Map.of("tier", "b"))))
                .isEmpty();
    }

    @Test
    void aServiceElsewhereInFrontOfWhichTheGatewayAsksIsNoVersionOfAnotherApi() {
        ApiModel far = FarModels.guarded();
        Version there = new Version("far", Map.of(), far.service().name());
        List<Problem> problems = DIALECT.write(
                        new MeshModel(List.of(far, api("open", false, Map.of("app", "open"), there))))
                .problems();
        assertThat(problems)
                .filteredOn(one -> one.code().equals("istio.elsewhere-version"))
                .singleElement()
                .extracting(Problem::message)
                .asString()
                .contains("whoever enters by another host is not asked");
        Version here = new Version("here", Map.of(), "bills");
        assertThat(DIALECT.write(new MeshModel(List.of(far, api("open", false, Map.of("app", "open"), here))))
                        .problems())
                .extracting(Problem::code)
                .doesNotContain("istio.elsewhere-version");
    }
}
