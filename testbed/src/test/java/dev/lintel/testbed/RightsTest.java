package dev.lintel.testbed;

import static dev.lintel.auth.OAuth2.oauth2;
import static dev.lintel.mesh.istio.IstioDialect.istio;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.core.Definition;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.plan.Plan;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Rights;
import dev.lintel.kubernetes.Rights.Rule;
import dev.lintel.kubernetes.Waits;
import dev.lintel.mesh.Mesh;
import dev.lintel.sdk.Api;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Roles that are made from plans, and an account that has nothing else, on a real apiserver. */
@RealCluster
@Timeout(value = 40, unit = TimeUnit.MINUTES)
class RightsTest {
    private static final long PATIENCE = TimeUnit.SECONDS.toNanos(60);
    private static final long POLL = TimeUnit.MILLISECONDS.toNanos(50);

    private final Namespace namespace;
    private final Cluster cluster;
    private final List<KubernetesClient> clients = new ArrayList<>();
    private final KubernetesClient admin;
    private Waits waits = Waits.none();
    private int accounts;

    @TempDir
    Path folder;

    RightsTest(Cluster cluster, Namespace namespace) {
        this.namespace = namespace;
        this.cluster = cluster;
        this.admin = client(Clients.config(cluster));
    }

    @AfterEach
    void closeClients() {
        clients.forEach(KubernetesClient::close);
    }

    private KubernetesClient client(Config config) {
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config).build();
        clients.add(client);
        return client;
    }

    private ClusterTarget target(KubernetesClient client) {
        return ClusterTarget.cluster(client)
                .inventory(namespace.name())
                .journalIn(namespace.name())
                .waiting(waits);
    }

    private Mesh mesh(KubernetesClient client) {
        return Mesh.of(istio().domain("example.com"), target(client));
    }

    private Definition api(String name, int weight) {
        return Api.expose(name)
                .inNamespace(namespace.name())
                .withOAuth2(oauth2("https://id.example").audience("orders").scope("/" + name + "/**", "orders.read"))
                .split("v1", weight, "v2", 100 - weight)
                .define();
    }

    private Rights rights(Definition... definitions) {
        Mesh mesh = mesh(admin);
        return target(admin).rights(mesh.manifests(mesh.plan(definitions)));
    }

    /** A mesh by the eyes of a new account that has some rights, and no others. */
    private Mesh account(Rights rights) {
        String name = "pipeline-" + accounts++;
        String token = cluster.token(namespace, name);
        Path file = folder.resolve(name + ".yaml");
        try {
            Files.writeString(file, rights.toYaml(namespace + "-" + name, namespace.name(), name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        if (!rights.rules().isEmpty()) {
            cluster.kubectl(List.of("apply", "-f", file.toString()));
        }
        return mesh(client(new ConfigBuilder(admin.getConfiguration())
                .withOauthToken(token)
                .build()));
    }

    /** The apiserver takes note of Roles some time after they were written. */
    private static Plan plan(Mesh mesh, Predicate<List<Problem>> until, Definition... definitions) {
        long end = System.nanoTime() + PATIENCE;
        Plan plan = mesh.plan(definitions);
        while (!until.test(plan.problems()) && System.nanoTime() < end) {
            LockSupport.parkNanos(POLL);
            plan = mesh.plan(definitions);
        }
        return plan;
    }

    /** Every way to leave out one verb of one rule. */
    private static Stream<Left> without(Rights rights) {
        return rights.rules().stream()
                .flatMap(rule -> rule.verbs().stream().map(verb -> {
                    List<Rule> rules = new ArrayList<>(rights.rules());
                    List<String> verbs = new ArrayList<>(rule.verbs());
                    verbs.remove(verb);
                    int at = rules.indexOf(rule);
                    rules.remove(at);
                    if (!verbs.isEmpty()) {
                        rules.add(at, new Rule(rule.namespace(), rule.group(), rule.resources(), rule.names(), verbs));
                    }
                    return new Left(rule, verb, new Rights(rules));
                }));
    }

    private record Left(Rule rule, String verb, Rights rights) {
        /** Whether a problem is about what was left out. */
        boolean named(Problem problem) {
            return problem.code().equals("cluster.forbidden")
                    && (verb.equals("list") || problem.hint().contains(verb))
                    && rule.resources().stream().anyMatch(problem.hint()::contains)
                    && problem.render().contains(rule.namespace());
        }
    }

    private void exactly(Rights rights, Definition... definitions) {
        List<Left> all = without(rights).toList();
        assertThat(all).hasSizeGreaterThan(5);
        for (Left left : all) {
            Mesh poor = account(left.rights());
            Plan plan = plan(poor, told -> !told.isEmpty() && told.stream().allMatch(left::named), definitions);
            assertThat(plan.problems())
                    .as("without %s of %s", left.verb(), left.rule())
                    .isNotEmpty()
                    .allMatch(left::named);
            assertThatThrownBy(() -> poor.apply(plan)).isInstanceOf(ProblemsException.class);
        }
        Mesh enough = account(rights);
        Plan plan = plan(enough, List::isEmpty, definitions);
        assertThat(plan.problems()).isEmpty();
        enough.apply(plan.allowWidening("a test"));
        assertThat(mesh(admin).plan(definitions).isEmpty()).isTrue();
    }

    @Test
    void whatIsNewIsMadeWithExactlyTheseRights() {
        exactly(rights(api("orders", 90)), api("orders", 90));
    }

    @Test
    void whatIsThereIsChangedAndDeletedWithExactlyTheseRights() {
        mesh(admin).apply(mesh(admin).plan(api("orders", 90), api("bills", 50)));

        Rights rights = rights(api("orders", 80));
        assertThat(rights.rules().stream().filter(rule -> !rule.namespace().isEmpty()))
                .extracting(Rule::verbs)
                .containsOnly(
                        List.of("create"),
                        List.of("get", "patch"),
                        List.of("patch"),
                        List.of("delete", "get", "patch"),
                        List.of("delete", "get"));
        exactly(rights, api("orders", 80));
    }

    /** A Service that chooses somebody is asked for those who are ready: only then all of it is needed. */
    @Test
    void whoWaitsReadsMoreAndIsToldSoBeforehand() {
        cluster.kubectl(List.of("create", "service", "clusterip", "orders", "--tcp=80", "-n", namespace.name()));
        mesh(admin).apply(mesh(admin).plan(api("orders", 90)));
        waits = Waits.upTo(Duration.ofSeconds(30));

        Rights rights = rights(api("orders", 80));
        assertThat(rights.rules())
                .extracting(rule -> rule.resources() + " " + rule.verbs())
                .contains(
                        "[services] [get]",
                        "[pods] [list]",
                        "[endpointslices] [list]",
                        "[virtualservices] [get, patch]");
        for (Left left : without(rights).toList()) {
            Plan plan = plan(
                    account(left.rights()),
                    told -> !told.isEmpty() && told.stream().allMatch(left::named),
                    api("orders", 80));
            assertThat(plan.problems())
                    .as("without %s of %s", left.verb(), left.rule())
                    .isNotEmpty()
                    .allMatch(left::named);
        }
        assertThat(plan(account(rights), List::isEmpty, api("orders", 80)).problems())
                .isEmpty();
    }

    /** Made when there is nothing to do, and for definitions that grow. */
    @Test
    void rightsForEveryChangeAreEnoughForWhatComesNext() {
        Definition plain = Api.expose("orders").inNamespace(namespace.name()).define();
        mesh(admin).apply(mesh(admin).plan(plain));
        Rights rights = target(admin)
                .rightsForEveryChange(mesh(admin).manifests(mesh(admin).plan(plain)));
        Mesh mesh = account(rights);

        Plan first = plan(mesh, List::isEmpty, api("orders", 90));
        assertThat(first.problems()).isEmpty();
        mesh.apply(first);
        mesh.apply(mesh.plan(api("orders", 80), api("bills", 50)));
        mesh.apply(mesh.plan());

        assertThat(mesh(admin).plan().isEmpty()).isTrue();
        assertThat(rights.rules().stream().filter(rule -> !rule.namespace().isEmpty()))
                .allSatisfy(rule -> assertThat(rule.namespace()).isIn(namespace.name(), "istio-system"))
                .allSatisfy(rule -> assertThat(rule.namespace().equals("istio-system")
                                && !rule.resources().equals(List.of("gateways")))
                        .as("%s", rule)
                        .isFalse());
    }

    /** What is printed is enough by itself, also where there is no namespace for the journal yet. */
    @Test
    void theRolesMakeTheNamespaceOfTheJournal() {
        String journal = namespace + "-journal";
        ClusterTarget target = target(admin).journalIn(journal);
        Mesh mesh = Mesh.of(istio().domain("example.com"), target);
        Rights rights = target.rights(mesh.manifests(mesh.plan(api("orders", 90))));

        assertThat(rights.namespaces()).containsExactly(journal);
        account(rights);
        assertThat(cluster.kubectl(List.of("get", "namespace", journal, "-o", "name")))
                .isEqualTo("namespace/" + journal + "\n");
        assertThat(target.rights(mesh.manifests(mesh.plan(api("orders", 90)))).namespaces())
                .isEmpty();
        cluster.kubectl(List.of("delete", "namespace", journal, "--wait=false"));
    }

    @Test
    void whoMayDoNothingIsToldAllAtOnce() {
        Mesh nobody = account(new Rights(List.of()));

        List<Problem> problems = nobody.plan(api("orders", 90)).problems();

        assertThat(problems).extracting(Problem::code).containsOnly("cluster.forbidden");
        assertThat(problems)
                .extracting(Problem::hint)
                .anyMatch(hint -> hint.contains("the verb list for virtualservices in all namespaces"))
                .anyMatch(hint -> hint.contains("the verb list for envoyfilters"))
                .anyMatch(hint ->
                        hint.contains("the verbs create and get and patch for authorizationpolicies in " + namespace));
    }

    @Test
    void nothingToDoTakesNothingButReading() {
        mesh(admin).apply(mesh(admin).plan(api("orders", 90)));

        assertThat(rights(api("orders", 90)).rules())
                .isNotEmpty()
                .allSatisfy(rule -> assertThat(rule.verbs()).containsExactly("list"));
    }
}
