package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads Backends of Envoy Gateway and the BackendTLSPolicies for them. A Backend without a policy is spoken to in clear. What
 * kind of place it is no object says: all of them are external.
 */
final class BackendReader {
    private final List<Problem> problems;
    private final Map<String, String> places = new LinkedHashMap<>();
    private final Map<String, Elsewhere.Tls> policies = new LinkedHashMap<>();

    BackendReader(List<Problem> problems) {
        this.problems = problems;
    }

    void read(Manifest backend) {
        Part spec = new Part(backend.id(), "spec", backend.spec(), problems);
        List<Part> endpoints = spec.parts("endpoints");
        for (Part endpoint : endpoints) {
            boolean named = endpoint.has("fqdn");
            Part at = endpoint.part(named ? "fqdn" : "ip");
            String host = at.text(named ? "hostname" : "address", "");
            Integer port = at.number("port");
            at.end();
            endpoint.end();
            places.put(id(backend), (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port);
        }
        if (endpoints.size() != 1) {
            spec.problem("is at several places, or none");
        }
        spec.end();
    }

    void readPolicy(Manifest policy) {
        Part spec = new Part(policy.id(), "spec", policy.spec(), problems);
        Part validation = spec.part("validation");
        String sni = validation.text("hostname", "");
        List<String> names = new ArrayList<>();
        for (Part name : validation.parts("subjectAltNames")) {
            name.only("type", "Hostname");
            names.add(name.text("hostname", ""));
            name.end();
        }
        if (names.isEmpty()) {
            names.add(sni);
        } else if (!names.contains(sni)) {
            // Envoy Gateway adds it to the names, whatever the standard says.
            names.add(0, sni);
        }
        SecretRef ca = null;
        List<Part> references = validation.parts("caCertificateRefs");
        for (Part reference : references) {
            reference.only("group", "");
            reference.only("kind", "ConfigMap");
            ca = authorities(policy.namespace(), reference);
            reference.end();
        }
        boolean system = "System".equals(validation.text("wellKnownCACertificates"));
        if (references.size() > 1 || system != references.isEmpty()) {
            validation.problem("trusts neither one list of authorities nor what the machine trusts");
        }
        validation.end();
        Elsewhere.Tls tls = new Elsewhere.Tls(sni, names, ca, null, null);
        for (Part target : spec.parts("targetRefs")) {
            target.only("group", Meta.ENVOY_GROUP);
            target.only("kind", Meta.BACKEND);
            String name = policy.namespace() + "/" + target.text("name", "");
            target.end();
            if (policies.putIfAbsent(name, tls) != null) {
                spec.problem("is not the only policy for " + name + ", of which the oldest counts");
            }
        }
        spec.end();
    }

    private static @Nullable SecretRef authorities(String namespace, Part reference) {
        try {
            return new SecretRef(namespace, reference.text("name", "ca"), "ca.crt");
        } catch (IllegalArgumentException e) {
            reference.problem("name: " + e.getMessage());
            return null;
        }
    }

    /**
     * Where calls go that are sent to a Backend.
     *
     * @param backend namespace and name
     * @param authorities the names by which it is called
     */
    @Nullable
    Elsewhere at(String backend, Set<String> authorities, @Nullable Duration connectTimeout, Part place) {
        String address = places.get(backend);
        if (address == null) {
            place.problem("there is no Backend '" + backend + "'");
            return null;
        }
        if (authorities.size() != 1 || authorities.contains("")) {
            place.problem("calls a service elsewhere by several names, or by the caller's: " + authorities);
        }
        Elsewhere.Tls tls = policies.get(backend);
        URI uri = place.uri("Backend '" + backend + "'", (tls == null ? "http://" : "https://") + address);
        if (uri == null) {
            return null;
        }
        return new Elsewhere(
                Elsewhere.Kind.EXTERNAL,
                uri,
                authorities.isEmpty() ? "" : authorities.iterator().next(),
                tls,
                connectTimeout,
                null,
                Origin.unknown());
    }

    private static String id(Manifest manifest) {
        return manifest.namespace() + "/" + manifest.name();
    }
}
