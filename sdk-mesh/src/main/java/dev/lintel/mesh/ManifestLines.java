package dev.lintel.mesh;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which line of a definition asked for an object. Lines stand beside the manifests and not in them: an object is the same
 * wherever its definition moves.
 */
final class ManifestLines {
    private static final Set<String> ACCESS =
            Set.of("RequestAuthentication", "AuthorizationPolicy", "PeerAuthentication", "SecurityPolicy");
    private static final Set<String> CALLS = Set.of("DestinationRule", "BackendTrafficPolicy");

    private final Map<String, ApiModel> apis = new LinkedHashMap<>();
    private final Map<String, Origin> namespaces = new LinkedHashMap<>();
    private final Map<String, Origin> exits = new LinkedHashMap<>();
    private final Map<String, Origin> leaving = new LinkedHashMap<>();
    private final Map<String, Origin> boundaries = new LinkedHashMap<>();

    ManifestLines(MeshModel model) {
        model.apis().forEach(api -> apis.put(api.namespace() + "/" + api.name(), api));
        for (IsolationRule rule : model.isolations()) {
            namespaces.putIfAbsent(rule.namespace(), rule.origin());
            boundaries.putIfAbsent(rule.namespace(), rule.origin());
        }
        for (EgressRule rule : model.egress()) {
            namespaces.putIfAbsent(rule.namespace(), rule.origin());
            leaving.putIfAbsent(rule.namespace(), rule.origin());
            exits(rule);
        }
        model.apis().forEach(api -> namespaces.putIfAbsent(api.namespace(), api.origin()));
    }

    /** The most telling line: that of the first access rule, of the first rule about calls, or of the definition. */
    Origin origin(Manifest manifest) {
        String name = manifest.labels().get(Manifest.API);
        ApiModel api = name == null ? null : apis.get(manifest.namespace() + "/" + name);
        if (api == null) {
            return name == null ? shared(manifest) : Origin.unknown();
        }
        if (ACCESS.contains(manifest.kind())) {
            return first(access(api.entry().access()), api);
        }
        return CALLS.contains(manifest.kind()) ? first(calls(api.service()), api) : api.origin();
    }

    /** By the names that objects of one host outside have, and those of the gateway by which it is called. */
    private void exits(EgressRule rule) {
        String host = rule.host().startsWith("*.") ? rule.host().substring(2) : rule.host();
        exits.putIfAbsent(ObjectNames.fitting("egress-" + host), rule.origin());
        exits.putIfAbsent(ObjectNames.fitting("egress." + host), rule.origin());
        exits.putIfAbsent(ObjectNames.fitting("egress-" + host.replace('.', '-')), rule.origin());
        if (rule.gateway() != null) {
            exits.putIfAbsent(
                    ObjectNames.fitting("lintel.egress." + rule.gateway().name()), rule.origin());
        }
    }

    /** What belongs to a host outside, to what leaves a namespace, or to its boundary; or is named like its namespace. */
    private Origin shared(Manifest manifest) {
        Origin exit = exits.get(manifest.name());
        if (exit != null) {
            return exit;
        }
        String namespace = manifest.namespace();
        if (manifest.name().equals("lintel.boundary")) {
            return boundaries.getOrDefault(namespace, Origin.unknown());
        }
        if (manifest.kind().equals("Sidecar") || manifest.name().equals("lintel.egress")) {
            return leaving.getOrDefault(namespace, boundaries.getOrDefault(namespace, Origin.unknown()));
        }
        return namespaces.getOrDefault(manifest.name(), Origin.unknown());
    }

    private static Stream<@Nullable Origin> access(Access access) {
        return Stream.concat(
                access.issuers().stream().map(issuer -> issuer.origin()),
                access.rules().stream().map(rule -> rule.origin()));
    }

    private static Stream<@Nullable Origin> calls(Service service) {
        return Stream.of(
                service.traffic().breaker() == null
                        ? null
                        : service.traffic().breaker().origin(),
                service.traffic().balance() == null
                        ? null
                        : service.traffic().balance().origin(),
                service.split() == null ? null : service.split().origin());
    }

    private static Origin first(Stream<@Nullable Origin> lines, ApiModel api) {
        return lines.filter(Objects::nonNull)
                .filter(line -> !line.toString().isEmpty())
                .findFirst()
                .orElse(api.origin());
    }
}
