package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.in;
import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.matches;
import static dev.lintel.mesh.admission.Term.or;
import static dev.lintel.mesh.admission.Term.say;

import dev.lintel.core.Definition;
import dev.lintel.core.EgressGateway;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.ModelCompiler.Compiled;
import dev.lintel.core.engine.World;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What guard rails know of definitions.
 *
 * @param namespaces in which something is ours
 * @param services as {@code namespace/name}
 * @param selectors of workloads: for one label of each, texts {@code namespace/value}
 * @param unlabelled namespaces with workloads of which no label is known
 * @param isolated namespaces into which not everything comes
 * @param exits namespaces out of which not everything goes
 * @param gated those of them out of which nothing goes but by gateways
 * @param outside hosts that are let out, as {@code namespace host}, where the namespace is that of the entry
 * @param doors egress gateways, as {@code namespace/name}
 * @param elsewhere those of the services that run outside the mesh, where nobody asks who calls but the gateway
 * @param entries where hosts outside are and services elsewhere, as {@code namespace/name} of the object that says it
 * @param issuers of tokens that are believed
 * @param keys texts {@code issuer address}, the address of its keys where it is known
 * @param pinned texts {@code issuer keys}, where a definition says them
 * @param held issuers whose keys no definition has asked of them, because those are said
 * @param audiences those that are asked for, by the issuers of which each definition asks for one
 * @param hosts that a definition names itself, as {@code namespace host}
 */
record Ours(
        Set<String> namespaces,
        Set<String> services,
        Map<String, Set<String>> selectors,
        Set<String> unlabelled,
        Set<String> isolated,
        Set<String> exits,
        Set<String> gated,
        Set<String> outside,
        Set<String> doors,
        Set<String> elsewhere,
        Set<String> entries,
        Set<String> issuers,
        Set<String> keys,
        Set<String> pinned,
        Set<String> held,
        Map<String, Set<String>> audiences,
        Set<String> hosts) {
    private static final World WORLD = new World(World.LOCALHOST);

    static Ours of(Collection<? extends Definition> definitions) {
        Compiled compiled = new ModelCompiler(Kinds.installed()).compile(definitions, WORLD);
        if (!compiled.problems().isEmpty()) {
            throw new ProblemsException("the definitions of guard rails", compiled.problems());
        }
        return of(compiled.model());
    }

    private static Ours of(MeshModel model) {
        Ours ours = new Ours(
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeSet<>(),
                new TreeMap<>(),
                new LinkedHashSet<>());
        model.apis().forEach(ours::add);
        model.egress().forEach(exit -> ours.gated.add(exit.namespace()));
        model.egress().forEach(ours::add);
        model.isolations().forEach(boundary -> {
            ours.namespaces.add(boundary.namespace());
            ours.isolated.add(boundary.namespace());
            ours.unlabelled.add(boundary.namespace());
        });
        if (!model.egress().isEmpty()) {
            // Once one host is said nothing else leaves, from no namespace in which something is ours.
            ours.exits.addAll(ours.namespaces);
        }
        return ours;
    }

    /** The services that are called inside the mesh, as {@code namespace/name}: those of definitions, and egress gateways. */
    List<String> called() {
        List<String> called = new ArrayList<>(services);
        called.addAll(doors);
        return called;
    }

    /**
     * Whether a host is one of them, by any of its names, or a wildcard that may have it.
     *
     * @param name of the condition
     * @param here the namespace in which short names are meant
     */
    Term host(String name, Term here, Term host) {
        Term lower = new Term.Lower(host);
        Set<String> spaces = new TreeSet<>(namespaces);
        doors.forEach(door -> spaces.add(door.substring(0, door.indexOf('/'))));
        return or(
                name,
                in(joined(here, say("/"), lower), called()),
                called(lower),
                matches(
                        lower,
                        "^\\*[^.]*((\\.(" + String.join("|", spaces)
                                + "))?\\.svc\\.cluster\\.local|\\.cluster\\.local|\\.local)?\\.?$"));
    }

    /**
     * Whether a host is one of them, by a name that means the same in all namespaces. Whatever comes behind {@code .svc.} is
     * taken for the domain of the cluster: proxies look for {@code .svc.} from the left.
     *
     * @param lower a host in lower case
     */
    Term called(Term lower) {
        return called(lower, called());
    }

    private static Term called(Term lower, Collection<String> services) {
        List<String> names = services.stream()
                .map(service -> service.substring(service.indexOf('/') + 1) + "\\."
                        + service.substring(0, service.indexOf('/')))
                .toList();
        return names.isEmpty()
                ? new Term.Truth(false)
                : matches(lower, "^(" + String.join("|", names) + ")(\\.svc(\\.[-a-z0-9.]*)?|\\.)?$");
    }

    /**
     * Whether a host is that of a service elsewhere, by any of its names.
     *
     * @param here the namespace in which short names are meant
     */
    Term elsewhere(Term here, Term host) {
        Term lower = new Term.Lower(host);
        return or(
                "is_elsewhere",
                in(joined(here, say("/"), lower), new ArrayList<>(elsewhere)),
                called(lower, elsewhere));
    }

    /** Whether a host is let out, wherever that is said. */
    Term outside(Term host) {
        List<String> expressions = outside.stream()
                .map(one -> one.substring(one.indexOf(' ') + 1))
                .map(one -> one.startsWith("*.") ? ".*" + Patterns.quoted(one.substring(1)) : Patterns.quoted(one))
                .distinct()
                .toList();
        return expressions.isEmpty()
                ? new Term.Truth(false)
                : matches(new Term.Lower(host), "^(" + String.join("|", expressions) + ")\\.?$");
    }

    private void add(EgressRule exit) {
        namespaces.add(exit.namespace());
        EgressGateway gateway = exit.gateway();
        if (gateway == null) {
            gated.remove(exit.namespace());
            outside.add(exit.namespace() + " " + exit.host());
            entries.add(exit.namespace() + "/" + entry(exit.host()));
        } else {
            outside.add(gateway.namespace() + " " + exit.host());
            entries.add(gateway.namespace() + "/" + entry(exit.host()));
            doors.add(gateway.namespace() + "/" + gateway.name());
        }
    }

    /** As the dialect of Istio calls it. */
    private static String entry(String host) {
        return ObjectNames.fitting(host.startsWith("*.") ? "egress" + host.substring(1) : "egress-" + host);
    }

    private void add(ApiModel api) {
        String namespace = api.namespace();
        namespaces.add(namespace);
        services.add(namespace + "/" + api.service().name());
        api.service().versions().stream()
                .map(version -> version.service())
                .filter(name -> name != null)
                .forEach(name -> services.add(namespace + "/" + name));
        if (api.service().traffic().elsewhere() != null) {
            elsewhere.add(namespace + "/" + api.service().name());
            entries.add(namespace + "/" + api.name());
        }
        // One label is enough: what cannot select by it cannot select the workload.
        api.service().labels().entrySet().stream()
                .findFirst()
                .ifPresentOrElse(
                        label -> selectors
                                .computeIfAbsent(label.getKey(), key -> new TreeSet<>())
                                .add(namespace + "/" + label.getValue()),
                        () -> unlabelled.add(namespace));
        for (Issuer issuer : api.entry().access().issuers()) {
            boolean first = issuers.add(issuer.issuer());
            List<String> asked = api.entry().access().audiences();
            if (asked.isEmpty()) {
                audiences.remove(issuer.issuer());
            } else if (first || audiences.containsKey(issuer.issuer())) {
                audiences
                        .computeIfAbsent(issuer.issuer(), name -> new TreeSet<>())
                        .addAll(asked);
            }
            if (issuer.jwks() == null) {
                held.remove(issuer.issuer());
            } else {
                pinned.add(issuer.issuer() + " " + issuer.jwks());
                if (first) {
                    held.add(issuer.issuer());
                }
            }
            if (issuer.jwksUri() != null) {
                keys.add(issuer.issuer() + " " + issuer.jwksUri());
            }
        }
        String usual = WORLD.host(api.name(), namespace);
        api.entry().hosts().stream()
                .filter(host -> !host.equals(usual))
                .forEach(host -> hosts.add(namespace + " " + host));
    }
}
