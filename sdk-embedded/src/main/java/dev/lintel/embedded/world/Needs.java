package dev.lintel.embedded.world;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.match.Match;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Which workloads an API needs, and which of them are not bound. */
public final class Needs {
    private Needs() {}

    static String service(ApiModel api) {
        return api.service().name() + "." + api.namespace();
    }

    /** The versions that a request can be sent to. */
    static SortedSet<String> versions(ApiModel api) {
        SortedSet<String> versions = new TreeSet<>();
        SplitRule split = api.service().split();
        for (Route route : reachable(api)) {
            if (route.version() != null) {
                versions.add(route.version());
            }
        }
        if (leavesTheChoice(api)) {
            api.service().traffic().choices().forEach(choice -> versions.add(choice.version()));
        }
        api.service().traffic().mirrors().forEach(mirror -> versions.add(mirror.version()));
        if (split != null && leavesTheChoice(api)) {
            split.shares().stream().filter(s -> s.weight() > 0).forEach(s -> versions.add(s.version()));
        }
        return versions;
    }

    /** A version is bound under its name, or as the service of its own that it has. */
    static @Nullable Group bound(ApiModel api, String version, Bindings bindings) {
        Group group = bindings.version(service(api), version);
        for (Version known : api.service().versions()) {
            String own = known.service();
            if (group == null && own != null && known.name().equals(version)) {
                group = bindings.all(own + "." + api.namespace());
            }
        }
        return group;
    }

    /** What an API needs and is not bound, with what is bound. */
    public static List<Problem> unbound(ApiModel api, Bindings bindings) {
        List<Problem> problems = new ArrayList<>();
        String service = service(api);
        api.guards().stream()
                .filter(guard -> guard.needsObjects())
                .forEach(guard -> problems.add(new Problem(
                        "guard.objects",
                        api.id() + " " + guard.kind(),
                        guard.describe() + ", but a gateway in the JVM writes no objects",
                        "leave it out here, or plan for a mesh",
                        guard.origin())));
        GrpcRule grpc = api.service().grpc();
        if (grpc != null) {
            problems.add(new Problem(
                    "embedded.grpc",
                    api.id() + " service.grpc/v1",
                    "speaks gRPC, but a gateway in the JVM speaks HTTP/1.1 only, both ways",
                    "leave grpc() out here and call by HTTP/1.1, or plan for a mesh",
                    grpc.origin()));
        }
        for (String version : versions(api)) {
            if (bound(api, version, bindings) == null) {
                problems.add(new Problem(
                        "workload.unbound",
                        api.id(),
                        "version '" + version + "' is bound to no workload; bound are: " + listed(service, bindings),
                        "bind it first: gateway.workload(\"" + service + "\", \"" + version + "\", uri)",
                        origin(api, version)));
            }
        }
        if (api.front() == null
                && api.service().traffic().elsewhere() == null
                && api.service().split() == null
                && leavesTheChoice(api)
                && bindings.all(service) == null) {
            problems.add(new Problem(
                    "workload.unbound",
                    api.id(),
                    "the service is bound to no workload; bound services are: " + orNone(bindings.services()),
                    "bind it first: gateway.workload(\"" + service + "\", uri)",
                    api.origin()));
        }
        return problems;
    }

    /** Versions with weight of which it is known that no workload can take a call: their share is answered 503. */
    static List<Problem> unready(ApiModel api, View now) {
        List<Problem> warnings = new ArrayList<>();
        SplitRule split = api.service().split();
        if (split == null) {
            return warnings;
        }
        for (SplitRule.Share share : split.shares()) {
            if (share.weight() > 0 && now.isUnready(api.id(), share.version())) {
                warnings.add(new Problem(
                        "version.unready",
                        api.id(),
                        "version '" + share.version() + "' has weight " + share.weight()
                                + ", but none of its workloads can take a call now: all are ejected or not well",
                        "its share is answered 503 until one comes back; see gateway.hosts(\"" + api.id() + "\")",
                        split.origin()));
            }
        }
        return warnings;
    }

    /** Where a version was asked for. */
    private static Origin origin(ApiModel api, String version) {
        for (Route route : reachable(api)) {
            if (version.equals(route.version())) {
                return route.origin();
            }
        }
        for (Choice choice : api.service().traffic().choices()) {
            if (version.equals(choice.version())) {
                return choice.origin();
            }
        }
        for (MirrorRule mirror : api.service().traffic().mirrors()) {
            if (version.equals(mirror.version())) {
                return mirror.origin();
            }
        }
        SplitRule split = api.service().split();
        return split == null ? api.origin() : split.origin();
    }

    /** Whether some requests go to any workload of the service. */
    static boolean leavesTheChoice(ApiModel api) {
        return reachable(api).stream().anyMatch(route -> route.version() == null && route.answer() == null);
    }

    /** Behind a route that matches everything no route is ever asked. */
    private static List<Route> reachable(ApiModel api) {
        List<Route> reachable = new ArrayList<>();
        for (Route route : api.entry().routes()) {
            reachable.add(route);
            if (route.match().equals(Match.any())) {
                break;
            }
        }
        return reachable;
    }

    private static String listed(String service, Bindings bindings) {
        List<String> names = new ArrayList<>();
        for (String version : bindings.versions(service)) {
            names.add(version.equals(Bindings.UNVERSIONED) ? "(without version)" : version);
        }
        return orNone(names);
    }

    private static String orNone(List<String> names) {
        return names.isEmpty() ? "none" : String.join(", ", names);
    }
}
