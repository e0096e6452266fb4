package dev.lintel.mesh.admission;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.Definition;
import dev.lintel.core.Names;
import dev.lintel.core.engine.World;
import dev.lintel.mesh.admission.Said.Topic;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Guard rails for a whole cluster: what others may not write beside our definitions. The same rules become policies of the
 * apiserver, templates of Gatekeeper, or Rego for OPA as a webhook, and {@link #judge} decides as they do.
 *
 * <p>Values: each verb answers a new one. What is not said is not guarded.
 *
 * <pre>{@code
 * Admission guard = Admission.of(definitions)
 *         .appliedBy("system:serviceaccount:ci:lintel")
 *         .hostsBelongToNamespaces("example.com")
 *         .noPublicRoutesExcept("/health")
 *         .nothingWidensOurs()
 *         .images("ghcr.io/acme/*")
 *         .gateways("istio-ingress/shared");
 * }</pre>
 */
public final class Admission {
    private static final String ROOT = "istio-system";
    private static final String NAME = "lintel";
    private static final int MOST_SERVICES = 2_000;

    private final Ours ours;
    private final Said said;
    private final String name;
    private final Action action;

    private Admission(Ours ours, Said said, String name, Action action) {
        this.ours = ours;
        this.said = said;
        this.name = name;
        this.action = action;
    }

    /**
     * Guard rails around definitions, with nothing said yet; they refuse, outside of {@code kube-system}.
     *
     * @param definitions all that are in the cluster, of at most 2,000 services
     * @return the guard rails
     * @throws dev.lintel.core.ProblemsException if the definitions contradict each other
     */
    public static Admission of(Collection<? extends Definition> definitions) {
        Ours ours = Ours.of(definitions);
        if (ours.services().size() > MOST_SERVICES) {
            throw new IllegalArgumentException(
                    "guard rails stand around at most " + MOST_SERVICES + " services, but these are "
                            + ours.services().size() + ": make more than one, each with its namespaces");
        }
        return new Admission(ours, Said.NOTHING.and(Topic.EXCEPT, one -> one, "kube-system"), NAME, Action.DENY);
    }

    private Admission with(Said more) {
        return new Admission(ours, more, name, action);
    }

    /**
     * A host belongs to its namespace: routes, gateways and APIRules bind {@code {name}.{namespace}.{domain}} and what is
     * listed. Hosts that a definition names itself are listed.
     *
     * @param domain as in the dialect that applies the definitions
     * @return with this guard rail
     */
    public Admission hostsBelongToNamespaces(String domain) {
        if (said.has(Topic.DOMAIN)) {
            throw new IllegalStateException("the domain is said once");
        }
        return with(said.and(Topic.DOMAIN, one -> new World(one).domain(), domain));
    }

    /**
     * Lists hosts for a namespace.
     *
     * @param namespace whose they are
     * @param hosts lower-case names, {@code *.} before one for all below it, or {@code *} for all
     * @return with these hosts
     */
    public Admission hosts(String namespace, String... hosts) {
        String where = Names.label("a namespace", namespace);
        return with(said.and(Topic.HOST, host -> where + " " + Patterns.host(host), hosts));
    }

    /**
     * Nothing is open to everybody but some paths: no APIRule without authentication, and no policy that allows without
     * saying whom. Who comes by a namespace of {@link #gateways} is everybody.
     *
     * @param paths for example {@code /health}, or {@code /assets/**} for all below it
     * @return with this guard rail
     */
    public Admission noPublicRoutesExcept(String... paths) {
        return with(said.and(Topic.PUBLIC, one -> one, "").and(Topic.PUBLIC_PATH, Patterns::path, paths));
    }

    /**
     * Lists hosts that may be open to everybody; says {@link #noPublicRoutesExcept} too.
     *
     * @param hosts as in {@link #hosts}
     * @return with these hosts
     */
    public Admission publicHosts(String... hosts) {
        return with(said.and(Topic.PUBLIC, one -> one, "").and(Topic.PUBLIC_HOST, Patterns::host, hosts));
    }

    /**
     * Lists namespaces that may be open to everybody; says {@link #noPublicRoutesExcept} too.
     *
     * @param namespaces names
     * @return with these namespaces
     */
    public Admission publicNamespaces(String... namespaces) {
        return with(said.and(Topic.PUBLIC, one -> one, "")
                .and(Topic.PUBLIC_NAMESPACE, one -> Names.label("a namespace", one), namespaces));
    }

    /**
     * Nobody else lets in whom the definitions keep out: no further policy that allows, no weaker mutual TLS, no other keys
     * for an issuer of theirs, no filter of proxies, no network policy that adds to a closed namespace, no Sidecar in place of
     * one of theirs, nothing that takes calls from their services. Needs {@link #appliedBy}.
     *
     * @return with this guard rail
     */
    public Admission nothingWidensOurs() {
        return with(said.and(Topic.WIDENING, one -> one, ""));
    }

    /**
     * Who applies the definitions. What carries our label is written by them alone, and what they write is not judged
     * again: a plan has shown it.
     *
     * @param accounts names of users as the apiserver has them, for example {@code system:serviceaccount:ci:lintel}
     * @return with these accounts, and a guard rail around our objects
     */
    public Admission appliedBy(String... accounts) {
        return with(said.and(Topic.ACCOUNT, Admission::account, accounts));
    }

    /**
     * Who makes objects of others that were judged, such as Kyma's controller of APIRules: these are not judged again.
     *
     * @param accounts names of users as the apiserver has them
     * @return with these accounts
     */
    public Admission controllers(String... accounts) {
        return with(said.and(Topic.CONTROLLER, Admission::account, accounts));
    }

    /**
     * Pods, and what makes them, run these images only.
     *
     * @param repositories with their registry, for example {@code ghcr.io/acme/orders} with any tag or digest, or {@code
     *     ghcr.io/acme/*} for all below it
     * @return with this guard rail
     */
    public Admission images(String... repositories) {
        return with(said.and(Topic.IMAGE, Patterns::image, repositories));
    }

    /**
     * Routes hang on these gateways only.
     *
     * @param gateways {@code namespace/name}, or {@code namespace/*}
     * @return with this guard rail
     */
    public Admission gateways(String... gateways) {
        return with(said.and(Topic.GATEWAY, Patterns::gateway, gateways));
    }

    /**
     * The namespace whose policies are for the whole mesh; {@code istio-system} unless said.
     *
     * @param namespace as in the mesh's configuration
     * @return with this namespace
     */
    public Admission rootNamespace(String namespace) {
        if (said.has(Topic.ROOT)) {
            throw new IllegalStateException("the root namespace is said once");
        }
        return with(said.and(Topic.ROOT, one -> Names.label("the root namespace", one), namespace));
    }

    /**
     * Stands in some namespaces only, for example to try it out.
     *
     * @param namespaces names
     * @return with these namespaces
     */
    public Admission onlyIn(String... namespaces) {
        return with(said.and(Topic.ONLY, one -> Names.label("a namespace", one), namespaces));
    }

    /**
     * Does not stand in some namespaces, besides {@code kube-system}.
     *
     * @param namespaces names
     * @return with these exceptions
     */
    public Admission notIn(String... namespaces) {
        return with(said.and(Topic.EXCEPT, one -> Names.label("a namespace", one), namespaces));
    }

    /**
     * What happens to a request that is against a guard rail; it is refused unless this is said.
     *
     * @param what for example {@link Action#WARN}, to see first whom it would hit
     * @return a new value
     */
    public Admission action(Action what) {
        return new Admission(ours, said, name, Objects.requireNonNull(what, "action"));
    }

    /**
     * The name with which those of the objects begin; {@code lintel} unless said.
     *
     * @param label a DNS label
     * @return a new value
     */
    public Admission named(String label) {
        return new Admission(ours, said, Names.label("the name of guard rails", label), action);
    }

    /**
     * As policies of the apiserver, which needs nothing else; Kubernetes 1.30 or newer.
     *
     * @return {@code ValidatingAdmissionPolicy} objects, then their bindings, in the order in which to apply them
     */
    public List<AdmissionObject> validatingAdmissionPolicies() {
        return new PolicyWriter(name, action, places()).write(rails());
    }

    /**
     * As templates and constraints of Gatekeeper 3.19 or newer, whose webhook must be asked about deletions too.
     *
     * @return {@code ConstraintTemplate} objects, then constraints, which are taken when Gatekeeper has read its templates
     */
    public List<AdmissionObject> gatekeeper() {
        return new GatekeeperWriter(name, action, places()).write(rails());
    }

    /**
     * As Rego for an OPA that an apiserver asks, by {@code POST /}: {@code data.system.main} is the answer.
     *
     * @return modules by path, as bundles take them
     */
    public Map<String, String> rego() {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("lintel/admission.rego", RegoModule.of("lintel.admission", "input.request", rails()));
        files.put("system/main.rego", RegoModule.main(action));
        return files;
    }

    /**
     * What makes an apiserver ask OPA: it refuses if there is no answer in time. The namespace of a webhook that is a service
     * is left out, so that OPA can always start.
     *
     * @param webhook where OPA is
     * @return a {@code ValidatingWebhookConfiguration}, to be applied when OPA is ready
     */
    public AdmissionObject webhook(Webhook webhook) {
        List<String> own = webhook.namespace() == null ? List.of() : List.of(webhook.namespace());
        return new AdmissionObject(
                "admissionregistration.k8s.io/v1",
                "ValidatingWebhookConfiguration",
                name,
                map(
                        "webhooks",
                        List.of(map(
                                "name",
                                name + ".lintel.dev",
                                "clientConfig",
                                webhook.client(),
                                "failurePolicy",
                                "Fail",
                                "matchPolicy",
                                "Equivalent",
                                "sideEffects",
                                "None",
                                "timeoutSeconds",
                                (int) webhook.timeout().toSeconds(),
                                "admissionReviewVersions",
                                List.of("v1"),
                                "namespaceSelector",
                                places().selector(own),
                                "rules",
                                PolicyWriter.rules(rails())))));
    }

    /**
     * Decides here as the cluster would.
     *
     * @param request the {@code request} of an {@code AdmissionReview}: {@code kind}, {@code operation}, {@code namespace},
     *     {@code userInfo}, {@code object}, {@code oldObject}
     * @return why it is refused; empty if it is not
     */
    public List<Refusal> judge(Map<String, ?> request) {
        return rails().stream()
                .filter(rail -> rail.operations().contains(String.valueOf(request.get("operation"))))
                .flatMap(rail -> rail.rules().stream())
                .map(rule -> rule.judge(request))
                .flatMap(Optional::stream)
                .toList();
    }

    List<GuardRail> rails() {
        List<String> accounts = said.list(Topic.ACCOUNT);
        List<String> gateways = said.list(Topic.GATEWAY);
        List<String> controllers = said.list(Topic.CONTROLLER);
        Term unless = OwnershipRule.passedOver("passed_over", Rule.unchanged(), accounts, controllers);
        List<GuardRail> rails = new ArrayList<>();
        if (said.has(Topic.DOMAIN)) {
            List<String> listed = new ArrayList<>(said.list(Topic.HOST));
            listed.addAll(ours.hosts());
            rails.add(new HostRules(
                            said.list(Topic.DOMAIN).get(0),
                            listed.stream().map(Admission::listed).distinct().toList(),
                            unless)
                    .rail());
        }
        if (said.has(Topic.PUBLIC)) {
            rails.add(new PublicRules(
                            said.list(Topic.PUBLIC_PATH),
                            said.list(Topic.PUBLIC_HOST),
                            said.list(Topic.PUBLIC_NAMESPACE),
                            gateways,
                            unless)
                    .rail());
        }
        if (said.has(Topic.WIDENING)) {
            if (accounts.isEmpty()) {
                throw new IllegalStateException(
                        "nothingWidensOurs() must know who applies the definitions, which it passes"
                                + " over: say appliedBy(…)");
            }
            String root = said.has(Topic.ROOT) ? said.list(Topic.ROOT).get(0) : ROOT;
            Term labelled = OwnershipRule.passedOver(
                    "passed_over_with_its_labels", Rule.unchangedWithLabels(), accounts, controllers);
            rails.add(new WideningRules(ours, root, gateways, unless, labelled).rail());
        }
        if (!accounts.isEmpty()) {
            rails.add(OwnershipRule.rail(accounts));
        }
        if (said.has(Topic.IMAGE)) {
            rails.add(new ImageRules(said.list(Topic.IMAGE)).rail());
        }
        if (!gateways.isEmpty()) {
            rails.add(new GatewayRules(gateways, unless).rail());
        }
        if (rails.isEmpty()) {
            throw new IllegalStateException("no guard rail is said: begin with hostsBelongToNamespaces(…)");
        }
        return rails;
    }

    private Places places() {
        return new Places(said.list(Topic.ONLY), said.list(Topic.EXCEPT));
    }

    private static String listed(String namespaceAndHost) {
        int space = namespaceAndHost.indexOf(' ');
        return Patterns.listed(namespaceAndHost.substring(0, space), namespaceAndHost.substring(space + 1));
    }

    private static String account(String account) {
        if (account.isBlank() || account.chars().anyMatch(c -> c < ' ')) {
            throw new IllegalArgumentException(
                    "an account must be the name of a user as the apiserver has it, but was '"
                            + account.replaceAll("\\p{Cntrl}", "?") + "'");
        }
        return account;
    }

    @Override
    public String toString() {
        return "guard rails '" + name + "': "
                + rails().stream().map(GuardRail::name).toList();
    }
}
