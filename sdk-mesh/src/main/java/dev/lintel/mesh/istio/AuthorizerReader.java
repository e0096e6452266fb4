package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Reads who is asked at the gateway: for each host the provider, which the mesh's own configuration describes. */
final class AuthorizerReader {
    private final IstioDialect dialect;
    private final Map<String, List<Asked>> byHost = new LinkedHashMap<>();

    AuthorizerReader(IstioDialect dialect) {
        this.dialect = dialect;
    }

    /** Who is asked about some paths of a host; of all if none is named. */
    private record Asked(List<PathExpression> paths, List<PathExpression> notPaths, AuthorizerRule rule) {
        boolean isAbout(String path) {
            return (paths.isEmpty() || paths.stream().anyMatch(form -> form.matches(path)))
                    && notPaths.stream().noneMatch(form -> form.matches(path));
        }

        Stream<PathExpression> named() {
            return Stream.concat(paths.stream(), notPaths.stream());
        }
    }

    void read(Manifest manifest, Fields spec) {
        if (!manifest.kind().equals(Meta.AUTHORIZATION_POLICY)) {
            spec.problem("is asked at the gateway, of every host");
            return;
        }
        Fields selector = spec.map("selector");
        boolean here = selector.pairs("matchLabels").equals(dialect.ingress().labels());
        selector.end();
        String action = spec.text("action");
        Fields provider = spec.map("provider");
        String name = provider.text("name");
        provider.end();
        if (!here || !"CUSTOM".equals(action) || name == null) {
            spec.problem("asks at the gateway for something else than an external authorizer's word: " + action);
            return;
        }
        Optional<AuthorizerRule> rule = Providers.read(manifest.annotations().get(Meta.AUTHORIZER));
        if (rule.isEmpty()) {
            spec.problem("how '" + name + "' is asked is said in the mesh's configuration, which is not read");
        }
        for (Fields each : spec.maps("rules")) {
            for (Fields to : each.maps("to")) {
                Fields operation = to.map("operation");
                List<PathExpression> paths = PolicyRule.paths(operation, "paths");
                List<PathExpression> notPaths = PolicyRule.paths(operation, "notPaths");
                hosts(operation)
                        .forEach(host -> byHost.computeIfAbsent(host, h -> new ArrayList<>())
                                .add(new Asked(paths, notPaths, rule.orElse(Providers.unknown()))));
                operation.end();
                to.end();
            }
            each.end();
        }
        spec.end();
    }

    /** A rule says each host with and without a port. */
    private static List<String> hosts(Fields operation) {
        List<String> hosts = new ArrayList<>();
        List<String> said = operation.texts("hosts");
        for (String host : said) {
            if (!host.endsWith(":*") && said.contains(host + ":*")) {
                hosts.add(host);
            } else if (!host.endsWith(":*") || !said.contains(host.substring(0, host.length() - 2))) {
                operation.problem("asks about '" + host + "' with a port only, or without one only");
            }
        }
        if (hosts.isEmpty()) {
            operation.problem("asks about no host, or about all");
        }
        return hosts;
    }

    /**
     * Who is asked about the paths of some hosts, which must be the same for all; null for nobody.
     *
     * @param claims the paths of one API; empty if it has the whole hosts
     * @param others the paths there that belong to others
     */
    @Nullable
    AuthorizerRule of(List<String> hosts, List<PathPattern> claims, List<PathPattern> others, Fields place) {
        List<PathPattern> own = claims.isEmpty() ? List.of(PathPattern.ANY) : claims;
        List<PathPattern> all = new ArrayList<>(own);
        all.addAll(others);
        all.sort(Precedence.ofPaths());
        Set<Optional<AuthorizerRule>> found = new LinkedHashSet<>();
        for (String host : hosts) {
            List<Asked> here = byHost.getOrDefault(host, List.of());
            Set<PathPattern> named = new LinkedHashSet<>(all);
            here.forEach(one -> one.named().forEach(path -> named.add(path.atom())));
            List<PathPattern> regions = Regions.of(named);
            for (PathPattern region : regions) {
                Optional<PathPattern> owner =
                        all.stream().filter(path -> path.covers(region)).findFirst();
                if (owner.filter(own::contains).isPresent()) {
                    Partition.samples(region, regions).forEach(path -> found.addAll(asked(here, path)));
                }
            }
        }
        if (found.size() > 1) {
            place.problem("is asked about by an external authorizer in some cases, and otherwise in others");
        }
        // One of several may let through when it is not reached, and the others not: what all say is that of one
        // unknown.
        List<AuthorizerRule> rules = found.stream().flatMap(Optional::stream).toList();
        return rules.size() > 1 ? Providers.unknown() : rules.isEmpty() ? null : rules.get(0);
    }

    /** Whoever is asked about a path, or that nobody is. */
    private static Set<Optional<AuthorizerRule>> asked(List<Asked> here, String path) {
        Set<Optional<AuthorizerRule>> rules = new LinkedHashSet<>();
        here.stream().filter(one -> one.isAbout(path)).forEach(one -> rules.add(Optional.of(one.rule())));
        return rules.isEmpty() ? Set.of(Optional.empty()) : rules;
    }
}
