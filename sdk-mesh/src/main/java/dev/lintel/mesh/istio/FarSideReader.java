package dev.lintel.mesh.istio;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
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
    private final List<Problem> problems;
    private final List<Manifest> objects = new ArrayList<>();
    private final Set<Object> authorities = new LinkedHashSet<>();
    private @Nullable Fields entry;
    private Elsewhere.@Nullable Tls tls;
    private @Nullable Duration connectTimeout;
    private String mode = "";

    private FarSideReader(List<Problem> problems) {
        this.problems = problems;
    }

    /** The objects of one API. */
    static FarSideReader of(List<Manifest> all, List<Problem> problems) {
        FarSideReader reader = new FarSideReader(problems);
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
        return new ApiModel(api.name(), api.namespace(), api.entry(), service, api.guards(), api.origin());
    }

    private Elsewhere elsewhere(ApiModel api, Fields spec) {
        if (!spec.texts("hosts").equals(List.of(Meta.host(api.service().name(), api.namespace())))) {
            spec.problem("hosts are not that of the service");
        }
        if (!"MESH_EXTERNAL".equals(spec.text("location"))) {
            spec.problem("is not outside the mesh");
        }
        spec.text("resolution");
        spec.texts("exportTo");
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
        if (!mode.equals("DISABLE") && !mode.equals("SIMPLE")) {
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
        said.end();
        if (mode.equals("SIMPLE")) {
            if (sni == null || names.isEmpty() || !FarSides.SYSTEM.equals(ca)) {
                said.problem("does not ask for the names in the certificate, or sends none, or trusts anybody");
            }
            tls = new Elsewhere.Tls(String.valueOf(sni), names, null, null, null);
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
            }
            routes.add(route);
        }
        spec.put("http", routes);
        return with(object, spec);
    }

    private static void put(Map<String, Object> tree, String name, Map<String, Object> part) {
        if (part.isEmpty()) {
            tree.remove(name);
        } else {
            tree.put(name, part);
        }
    }

    private static Manifest with(Manifest object, Map<String, Object> spec) {
        return new Manifest(
                object.apiVersion(),
                object.kind(),
                object.namespace(),
                object.name(),
                object.labels(),
                object.annotations(),
                spec);
    }
}
