package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.DryRun;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.front.FrontReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Reads objects as a mesh does: first match in routes, union of ALLOW rules, prefixes by characters. The labels of an
 * object only tell which API it belongs to; what it means is read from its {@code spec}.
 */
final class ModelReader {

    private final IstioDialect dialect;
    private final List<Problem> problems = new ArrayList<>();

    ModelReader(IstioDialect dialect) {
        this.dialect = dialect;
    }

    Read read(Collection<Manifest> objects) {
        FrontReader fronts = new FrontReader(objects, problems, Fields.UNREAD);
        Read read = others(fronts.others());
        List<ApiModel> apis = read.model().apis().stream().map(fronts::in).toList();
        return new Read(new MeshModel(apis, read.model().egress(), read.model().isolations()), problems);
    }

    private Read others(Collection<Manifest> objects) {
        List<Manifest> manifests =
                objects.stream().filter(object -> !isDryRun(object)).toList();
        // Objects of somebody else are read by what they say, those of ours by the API that their label names as well.
        if (!manifests.isEmpty() && manifests.stream().noneMatch(ModelReader::isLabelled)) {
            ForeignPlaces places = new ForeignPlaces();
            List<Manifest> merged = Delegates.merged(ForeignHosts.whole(manifests), problems, places);
            int whole = problems.size();
            List<Manifest> canonical = new ForeignObjects(dialect, places, problems).canonical(merged);
            // What was made here and what somebody wrote may be called alike.
            problems.subList(whole, problems.size()).replaceAll(places::ofDelegates);
            int told = problems.size();
            Read foreign = labelled(canonical);
            Set<String> unread = unread(problems.subList(told, problems.size()));
            problems.subList(told, problems.size()).replaceAll(places::named);
            List<ApiModel> apis = ForeignPaths.of(foreign.model().apis(), unread, problems).stream()
                    .map(places::origins)
                    .toList();
            return new Read(
                    new MeshModel(
                            apis, foreign.model().egress(), foreign.model().isolations()),
                    problems);
        }
        return labelled(manifests);
    }

    /** Who is called by routes and policies says nothing about requests itself. */
    private static boolean isService(Manifest manifest) {
        return manifest.apiVersion().equals("v1") && manifest.kind().equals("Service");
    }

    /** The objects of which something was not understood. */
    private static Set<String> unread(List<Problem> told) {
        Set<String> unread = new TreeSet<>();
        told.stream()
                .filter(problem -> problem.code().equals(Fields.UNREAD))
                .forEach(problem -> unread.add(problem.path()));
        return unread;
    }

    /** Whether it is a policy that decides nothing, and only tells in logs what it would; which is noted. */
    private boolean isDryRun(Manifest object) {
        boolean dry = DryRun.is(object);
        if (dry) {
            problems.add(Fields.travels(
                    object.id(),
                    "annotation " + DryRun.ANNOTATION + ": decides nothing, and only tells in logs what it would"));
        }
        return dry;
    }

    private static boolean isLabelled(Manifest manifest) {
        return manifest.labels().containsKey(Manifest.API) || manifest.isOurs();
    }

    private Read labelled(Collection<Manifest> manifests) {
        Map<String, Set<String>> exposed = new LinkedHashMap<>();
        Map<String, List<Manifest>> apis = new LinkedHashMap<>();
        SharedPolicies shared = new SharedPolicies(dialect, problems);
        EgressReader egress = new EgressReader(dialect, manifests, problems);
        List<Manifest> others =
                manifests.stream().filter(manifest -> !egress.take(manifest)).toList();
        GuestReader guests = GuestReader.of(Delegates.merged(others, problems), problems);
        for (Manifest manifest : guests.manifests()) {
            String api = manifest.labels().get(Manifest.API);
            if (shared.takes(manifest)) {
                continue;
            }
            if (manifest.kind().equals(Meta.GATEWAY) && manifest.apiVersion().equals(Meta.NETWORKING)) {
                exposed.put(manifest.namespace() + "/" + manifest.name(), hosts(manifest));
            } else if (api == null && !isService(manifest)) {
                problems.add(Fields.unread(
                        manifest.id(), "does not say which API it belongs to, by the label " + Manifest.API));
            } else if (api != null) {
                apis.computeIfAbsent(api + "." + manifest.namespace(), id -> new ArrayList<>())
                        .add(manifest);
            }
        }
        List<ApiModel> models = new ArrayList<>();
        shared.read();
        apis.forEach((id, objects) -> read(objects, exposed, guests, shared).ifPresent(models::add));
        models.sort(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name));
        List<ApiModel> closed = guests.closed(models);
        Set<String> namespaces = new TreeSet<>();
        closed.forEach(model -> namespaces.add(model.namespace()));
        return new Read(new MeshModel(closed, egress.read(namespaces), shared.isolations(closed)), problems);
    }

    private Optional<ApiModel> read(
            List<Manifest> objects, Map<String, Set<String>> exposed, GuestReader guests, SharedPolicies shared) {
        try {
            Manifest one = objects.get(0);
            String id = one.labels().get(Manifest.API) + "." + one.namespace();
            FarSideReader far = FarSideReader.of(dialect, objects, problems);
            return new ApiReader(
                            dialect,
                            exposed,
                            guests.claims(id),
                            guests.others(id),
                            shared,
                            far.objects(),
                            far.isClosed(),
                            problems)
                    .read()
                    .map(far::in);
        } catch (IllegalArgumentException e) {
            Manifest first = objects.get(0);
            problems.add(Fields.unread(first.id(), String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /** The hosts that a gateway serves, each with the namespace that may bind it. */
    private Set<String> hosts(Manifest gateway) {
        Fields spec = new Fields(gateway.id(), "spec", gateway.spec(), problems);
        if (!spec.pairs("selector").equals(dialect.ingress().labels())) {
            spec.problem("selector is not that of the ingress gateway");
        }
        Set<String> hosts = new LinkedHashSet<>();
        for (Fields server : spec.maps("servers")) {
            hosts.addAll(server.texts("hosts"));
            Fields port = server.map("port");
            port.number("number", 0);
            port.text("name");
            port.text("protocol");
            port.end();
            Fields tls = server.map("tls");
            String mode = tls.text("mode");
            if (mode != null && !mode.equals("SIMPLE")) {
                tls.problem("mode is not SIMPLE");
            }
            tls.text("credentialName");
            tls.end();
            server.end();
        }
        spec.end();
        return hosts;
    }
}
