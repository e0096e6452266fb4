package dev.lintel.mesh.imports;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What problems are about, as it is called in the source: readers speak of APIs and services, whoever wrote the objects
 * knows objects, fields and lines.
 */
final class Subjects {
    private static final Pattern FIELD = Pattern.compile("(spec|metadata)[A-Za-z0-9_.\\[\\]/-]*(: )?");
    private static final Pattern OBJECT = Pattern.compile("([A-Za-z0-9]+ [^ /]+/[^ ]+)(?: (.*))?");
    private static final Set<String> ROUTES = Set.of("VirtualService", "HTTPRoute", "GRPCRoute", "APIRule");

    private final Sources sources;

    Subjects(Sources sources) {
        this.sources = sources;
    }

    /** A field of an object. */
    private record Subject(String object, String field) {}

    /** The same problem with the object, the field and the line that it is about, as far as they are known. */
    Problem named(Problem problem, MeshModel model) {
        String path = problem.path();
        if (sources.named(path) != null) {
            Origin line = sources.line(path, problem.message());
            return with(problem, path, problem.message(), line);
        }
        Optional<ApiModel> api =
                model.apis().stream().filter(one -> isAbout(path, one)).findFirst();
        Optional<Subject> subject =
                subject(problem.origin()).or(() -> api.flatMap(this::subject)).or(() -> service(path));
        if (subject.isEmpty()) {
            return problem;
        }
        String who = api.map(one -> "API " + one.id()).orElse(path);
        String field = subject.get().field().isEmpty() ? "spec" : subject.get().field();
        Matcher said = FIELD.matcher(problem.message());
        String message = said.lookingAt() ? problem.message().substring(said.end()) : problem.message();
        return with(
                problem,
                subject.get().object(),
                field + ": " + who + ": " + withoutLines(message, model),
                sources.line(subject.get().object(), field));
    }

    /** Where an API comes from, for sentences about it; empty if it is not known. */
    String words(ApiModel api) {
        return subject(api).map(this::words).orElse(api.origin().toString());
    }

    /** Where a rule comes from, for sentences about it; empty if it is not known. */
    String words(Origin origin) {
        return subject(origin).map(this::words).orElse(origin.toString());
    }

    private String words(Subject subject) {
        String field = subject.field().isEmpty() ? "" : " " + subject.field();
        return subject.object()
                + field
                + sources.line(subject.object(), subject.field()).after(" at ");
    }

    /** Lines of definitions that were made here are those of nothing that anybody wrote. */
    private static String withoutLines(String message, MeshModel model) {
        String without = message;
        for (ApiModel api : model.apis()) {
            without = without.replace(" at " + api.id() + ":1", "");
        }
        return without;
    }

    private static Problem with(Problem problem, String path, String message, Origin line) {
        boolean known = !line.toString().isEmpty();
        return new Problem(problem.code(), path, message, problem.hint(), known ? line : problem.origin());
    }

    private Optional<Subject> subject(Origin origin) {
        Matcher object = OBJECT.matcher(origin.toString());
        if (!object.matches() || sources.named(object.group(1)) == null) {
            return Optional.empty();
        }
        return Optional.of(new Subject(object.group(1), object.group(2) == null ? "" : object.group(2)));
    }

    private Optional<Subject> subject(ApiModel api) {
        Set<String> names = new LinkedHashSet<>(api.entry().hosts());
        names.addAll(names(api.service().name(), api.namespace()));
        return subject(api.origin()).or(() -> find(names, api.namespace()));
    }

    /** What speaks of a service that is none of the objects. */
    private Optional<Subject> service(String path) {
        Matcher service = Pattern.compile("Service ([^ /]+)/([^ ]+)").matcher(path);
        return service.matches() ? find(names(service.group(2), service.group(1)), service.group(1)) : Optional.empty();
    }

    private static Set<String> names(String name, String namespace) {
        return new LinkedHashSet<>(List.of(name, name + "." + namespace + ".svc.cluster.local"));
    }

    private static boolean isAbout(String path, ApiModel api) {
        String bare = path.startsWith("API ") ? path.substring(4) : path;
        return bare.equals(api.id()) || bare.startsWith(api.id() + " ");
    }

    private Optional<Subject> find(Set<String> names, String namespace) {
        for (Manifest manifest : sources.manifests()) {
            if (ROUTES.contains(manifest.kind())) {
                boolean near = manifest.namespace().equals(namespace);
                Set<String> meant = new LinkedHashSet<>(names);
                meant.removeIf(name -> !near && name.indexOf('.') < 0);
                String found = find(manifest.spec(), "spec", meant);
                if (!found.isEmpty()) {
                    return Optional.of(new Subject(manifest.id(), found));
                }
            }
        }
        return Optional.empty();
    }

    /** The path of the first text that is one of the names; empty if none is. */
    private static String find(Object tree, String path, Set<String> names) {
        if (tree instanceof Map<?, ?> map) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String found = find(entry.getValue(), path + "." + entry.getKey(), names);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        } else if (tree instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                String found = find(list.get(i), path + "[" + i + "]", names);
                if (!found.isEmpty()) {
                    return found;
                }
            }
        }
        return tree instanceof String text && names.contains(text) ? path : "";
    }
}
