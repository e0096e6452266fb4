package dev.lintel.mesh.istio;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads who is asked at the gateway: for each host the provider, which the mesh's own configuration describes. */
final class AuthorizerReader {
    private final IstioDialect dialect;
    private final Map<String, AuthorizerRule> byHost = new LinkedHashMap<>();

    AuthorizerReader(IstioDialect dialect) {
        this.dialect = dialect;
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
            for (String host : hosts(each)) {
                if (byHost.putIfAbsent(host, rule.orElse(Providers.unknown())) != null) {
                    each.problem("'" + host + "' has another authorizer already");
                }
            }
            each.end();
        }
        spec.end();
    }

    /** A rule says each host with and without a port. */
    private List<String> hosts(Fields rule) {
        List<String> hosts = new ArrayList<>();
        for (Fields to : rule.maps("to")) {
            Fields operation = to.map("operation");
            List<String> said = operation.texts("hosts");
            operation.end();
            to.end();
            for (String host : said) {
                if (!host.endsWith(":*") && said.contains(host + ":*")) {
                    hosts.add(host);
                } else if (!host.endsWith(":*") || !said.contains(host.substring(0, host.length() - 2))) {
                    rule.problem("is asked about '" + host + "' with a port only, or without one only");
                }
            }
        }
        if (hosts.isEmpty()) {
            rule.problem("is asked about no host, or about all");
        }
        return hosts;
    }

    /** Who is asked about requests for some hosts, which must be the same for all; null for nobody. */
    @Nullable
    AuthorizerRule of(List<String> hosts, Fields place) {
        List<AuthorizerRule> found = new ArrayList<>();
        for (String host : hosts) {
            AuthorizerRule rule = byHost.get(host);
            if (rule != null) {
                found.add(rule);
            }
        }
        if (found.stream().distinct().count() > 1 || !found.isEmpty() && found.size() < hosts.size()) {
            place.problem("is asked about by an external authorizer at some of its hosts, and otherwise at others");
        }
        return found.isEmpty() ? null : found.get(0);
    }
}
