package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads where the service of an API is if it is elsewhere, and takes that out of its objects. What kind of place it is no
 * object says: all of them are external.
 */
final class FarSideReader {
    private final IstioDialect dialect;
    private final List<Problem> problems;
    private final List<Manifest> objects = new ArrayList<>();
    private final Set<Object> authorities = new LinkedHashSet<>();
    private @Nullable Fields entry;
    private Elsewhere.@Nullable Tls tls;
    private @Nullable Duration connectTimeout;
    private String mode = "";
    private String credential = "";
    private Map<String, SecretRef> secrets = Map.of();
    private final Set<Boolean> keeping = new LinkedHashSet<>();

    private FarSideReader(IstioDialect dialect, List<Problem> problems) {
        this.dialect = dialect;
        this.problems = problems;
    }

    /** The objects of one API. */
    static FarSideReader of(IstioDialect dialect, List<Manifest> all, List<Problem> problems) {
        FarSideReader reader = new FarSideReader(dialect, problems);
        Optional<Manifest> entry = all.stream()
                .filter(one -> one.kind().equals(Meta.SERVICE_ENTRY))
                .findFirst();
        if (entry.isEmpty()) {
            reader.objects.addAll(all);
            return reader;
        }
        reader.entry = new Fields(entry.get().id(), "spec", entry.get().spec(), problems);
        for (Manifest object : all) {
            if (object.kind().equals(Meta.DESTINATION_RULE)) {
                reader.objects.add(reader.rule(object));
            } else if (object.kind().equals(Meta.VIRTUAL_SERVICE)) {
                reader.objects.add(reader.routes(object));
            } else if (!object.equals(entry.get())) {
                reader.objects.add(object);
            }
        }
        return reader;
    }

    /** The same objects as they would be if the service were here. */
    List<Manifest> objects() {
        return objects;
    }

    /** Whether the gateway alone may call it, so that no routes say how calls from inside go. */
    boolean isClosed() {
        return entry != null
                && entry.copy()
                        .texts("exportTo")
                        .equals(List.of(dialect.ingress().namespace()));
    }

    /** The API with the place of its service. */
    ApiModel in(ApiModel api) {
        if (entry == null) {
            return api;
        }
        Service here = api.service();
        Traffic said = here.traffic();
        Traffic traffic = new Traffic(
                said.choices(),
                said.mirrors(),
                said.fault(),
                said.breaker(),
                said.balance(),
                said.health(),
                elsewhere(api, entry));
        Service service = new Service(
                here.name(),
                here.port(),
                here.labels(),
                here.versions(),
                here.split(),
                here.retry(),
                here.timeout(),
                traffic,
                here.callers(),
                here.grpc());
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, api.guards(), api.origin(), api.front());
    }

    private Elsewhere elsewhere(ApiModel api, Fields spec) {
        if (!spec.texts("hosts").equals(List.of(Meta.host(api.service().name(), api.namespace())))) {
            spec.problem("hosts are not that of the service");
        }
        if (!"MESH_EXTERNAL".equals(spec.text("location"))) {
            spec.problem("is not outside the mesh");
        }
        spec.text("resolution");
        boolean asked = api.entry().access().isRestricted();
        if (asked && !isClosed()) {
            spec.problem("is found by calls from inside, which nobody asks for access");
        }
        spec.texts("exportTo");
        if (asked && !api.entry().access().issuers().isEmpty() && !keeping.equals(Set.of(true))) {
            spec.problem("gets the tokens that are good here");
        }
        for (Fields port : spec.maps("ports")) {
            if (!"HTTP".equals(port.text("protocol"))
                    || port.number("number", 0) != api.service().port()) {
                port.problem("is not the HTTP port of the service");
            }
            port.text("name");
            port.end();
        }
        List<Fields> endpoints = spec.maps("endpoints");
        String host = "";
        int number = 0;
        for (Fields endpoint : endpoints) {
            host = String.valueOf(endpoint.text("address"));
            Fields ports = endpoint.map("ports");
            number = ports.number(FarSides.PORT, 0);
            ports.end();
            endpoint.end();
        }
        if (endpoints.size() != 1) {
            spec.problem("is at several places, or none");
        }
        spec.end();
        if (authorities.size() != 1 || authorities.contains("")) {
            spec.problem("is called by several names: " + authorities);
        }
        if (!mode.equals("DISABLE") && tls == null) {
            spec.problem("has no DestinationRule that says how it is connected to");
        }
        String authority = authorities.isEmpty()
                ? ""
                : String.valueOf(authorities.iterator().next());
        URI address = URI.create((tls == null ? "http://" : "https://") + host + ":" + number);
        return new Elsewhere(Elsewhere.Kind.EXTERNAL, address, authority, tls, connectTimeout, null, Origin.unknown());
    }

    private Manifest rule(Manifest object) {
        Map<String, Object> spec = new LinkedHashMap<>(object.spec());
        Map<String, Object> policy = FarSides.part(spec, "trafficPolicy");
        Fields said = new Fields(object.id(), "spec.trafficPolicy.tls", FarSides.part(policy, "tls"), problems);
        policy.remove("tls");
        mode = Objects.requireNonNullElse(said.text("mode"), "");
        List<String> names = said.texts("subjectAltNames");
        String sni = said.text("sni");
        String ca = said.text("caCertificates");
        credential = Objects.requireNonNullElse(said.text("credentialName"), "");
        said.end();
        if (mode.equals("SIMPLE") || mode.equals("MUTUAL")) {
            boolean trusts = credential.isEmpty() ? FarSides.SYSTEM.equals(ca) : ca == null;
            if (sni == null || names.isEmpty() || !trusts) {
                said.problem("does not ask for the names in the certificate, or sends none, or trusts anybody");
            }
            String note = object.annotations().getOrDefault(Meta.SECRETS, "");
            secrets = note.isEmpty() ? Map.of() : FarSecrets.read(note);
            boolean shows = mode.equals("MUTUAL");
            if (shows && credential.isEmpty() || !credential.isEmpty() && !isClosed()) {
                said.problem("has certificates that are read from files, or that sidecars do not have");
            }
            tls = new Elsewhere.Tls(
                    String.valueOf(sni),
                    names,
                    credential.isEmpty() ? null : secret(FarSecrets.CA, said),
                    shows ? secret(FarSecrets.CERTIFICATE, said) : null,
                    shows ? secret(FarSecrets.KEY, said) : null);
        }
        Map<String, Object> pool = FarSides.part(policy, "connectionPool");
        Map<String, Object> tcp = FarSides.part(pool, "tcp");
        if (tcp.containsKey("connectTimeout")) {
            connectTimeout = new Fields(object.id(), "spec.trafficPolicy.connectionPool.tcp", tcp, problems)
                    .seconds("connectTimeout");
            tcp.remove("connectTimeout");
            put(pool, "tcp", tcp);
            put(policy, "connectionPool", pool);
        }
        put(spec, "trafficPolicy", policy);
        return with(object, spec);
    }

    /** Where a value is kept: as the note says it, or in the gateway's own secret. */
    private @Nullable SecretRef secret(String key, Fields place) {
        if (!secrets.isEmpty()) {
            return secrets.get(key);
        }
        try {
            return new SecretRef(dialect.ingress().namespace(), credential, key);
        } catch (IllegalArgumentException e) {
            place.problem("does not say where the values of '" + credential + "' are kept");
            return null;
        }
    }

    /** Takes the name by which the far side is called out of each route that goes there. */
    private Manifest routes(Manifest object) {
        Map<String, Object> spec = new LinkedHashMap<>(object.spec());
        List<Object> routes = new ArrayList<>();
        for (Object each : spec.get("http") instanceof List<?> http ? http : List.of()) {
            Map<String, Object> route = FarSides.part(Map.of("route", each), "route");
            if (route.containsKey("route")) {
                Map<String, Object> rewrite = FarSides.part(route, "rewrite");
                Object authority = rewrite.remove("authority");
                authorities.add(authority == null ? "" : authority);
                put(route, "rewrite", rewrite);
                if (isClosed()) {
                    keeping.add(keep(route));
                }
            }
            routes.add(route);
        }
        spec.put("http", routes);
        return with(object, spec);
    }

    /** Takes the removal of Authorization out of a route; whether it was there. */
    private static boolean keep(Map<String, Object> route) {
        Map<String, Object> headers = FarSides.part(route, "headers");
        Map<String, Object> request = FarSides.part(headers, "request");
        List<Object> removed = new ArrayList<>(request.get("remove") instanceof List<?> list ? list : List.of());
        boolean kept = removed.remove(FarSides.AUTHORIZATION);
        if (kept) {
            request.put("remove", removed);
            if (removed.isEmpty()) {
                request.remove("remove");
            }
            put(headers, "request", request);
            put(route, "headers", headers);
        }
        return kept;
    }

    private static void put(Map<String, Object> tree, String name, Map<String, Object> part) {
        if (part.isEmpty()) {
            tree.remove(name);
        } else {
            tree.put(name, part);
        }
    }

    private static Manifest with(Manifest object, Map<String, Object> spec) {
        return object.withSpec(spec);
    }
}
