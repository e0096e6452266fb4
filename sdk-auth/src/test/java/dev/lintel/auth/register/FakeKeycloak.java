package dev.lintel.auth.register;

import dev.lintel.auth.testing.FakeServer.Answer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The part of Keycloak's administrative interface that has to do with clients of the realm {@code shop}: identifiers of
 * its own, client scopes and mappers at addresses of their own, which a change of a client leaves alone.
 */
final class FakeKeycloak extends FakeAdmin {
    final Map<String, Map<String, Object>> clients = new LinkedHashMap<>();
    final Map<String, String> scopes = new LinkedHashMap<>(Map.of("scope-1", "basic"));
    final Map<String, String> rotated = new LinkedHashMap<>();
    volatile boolean rotates;
    /** What is refused, as in {@code POST client-scopes}. */
    final Set<String> refused = new HashSet<>();

    FakeKeycloak() {
        String issuer = server.url() + "/realms/shop";
        server.on(
                        "/realms/shop/.well-known/openid-configuration",
                        Answer.json("{\"issuer\":\"" + issuer + "\",\"token_endpoint\":\"" + issuer + "/token\"}"))
                .on(
                        "/realms/shop/token",
                        Answer.json("{\"access_token\":\"admin-token\",\"token_type\":\"Bearer\",\"expires_in\":60}"));
    }

    Map<String, Object> client(String clientId) {
        return clients.values().stream()
                .filter(client -> clientId.equals(client.get("clientId")))
                .findFirst()
                .orElseThrow();
    }

    @Override
    Answered answer(String method, String[] path, Map<String, String> query, Map<String, Object> body) {
        String rest = String.join("/", path).replaceFirst("^admin/realms/shop/", "");
        if (refused.contains(method + " " + rest.replaceFirst("/.*", ""))) {
            return Answered.of(403);
        }
        if (rest.equals("default-default-client-scopes")) {
            return Answered.json(200, List.of(Map.of("id", "scope-1", "name", "basic")));
        }
        if (rest.equals("client-scopes")) {
            if (method.equals("POST")) {
                scopes.put("scope-" + (scopes.size() + 1), String.valueOf(body.get("name")));
                return Answered.of(201);
            }
            List<Map<String, Object>> all = new ArrayList<>();
            scopes.forEach((id, name) -> all.add(Map.of("id", id, "name", name)));
            return Answered.json(200, all);
        }
        if (rest.equals("clients")) {
            return method.equals("POST") ? create(body) : list(query);
        }
        String[] parts = rest.split("/");
        Map<String, Object> client = parts.length > 1 ? clients.get(parts[1]) : null;
        return client == null
                ? Answered.json(404, Map.of("error", "Could not find client"))
                : below(method, parts, client, body);
    }

    private Answered create(Map<String, Object> body) {
        if (clients.values().stream().anyMatch(client -> client.get("clientId").equals(body.get("clientId")))) {
            return Answered.json(409, Map.of("errorMessage", "Client already exists"));
        }
        String id = UUID.randomUUID().toString();
        Map<String, Object> client = copy(body);
        client.put("id", id);
        client.putIfAbsent("protocolMappers", new ArrayList<>());
        clients.put(id, client);
        return new Answered(201, null, Map.of("Location", server.url() + "/admin/realms/shop/clients/" + id));
    }

    private Answered list(Map<String, String> query) {
        String clientId = query.get("clientId");
        if (query.containsKey("q")) {
            return Answered.json(400, Map.of("error", "Attributes not searchable"));
        }
        return Answered.json(
                200,
                clients.values().stream()
                        .filter(client -> clientId == null || clientId.equals(client.get("clientId")))
                        .skip(Integer.parseInt(query.getOrDefault("first", "0")))
                        .limit(Integer.parseInt(query.getOrDefault("max", "1000")))
                        .toList());
    }

    private Answered below(String method, String[] parts, Map<String, Object> client, Map<String, Object> body) {
        String what = parts.length == 2 ? "" : parts[2];
        switch (what) {
            case "" -> {
                if (method.equals("DELETE")) {
                    clients.remove(parts[1]);
                } else {
                    client.putAll(copy(body));
                }
            }
            case "client-secret" -> {
                return secret(method, parts, client);
            }
            case "optional-client-scopes", "default-client-scopes" -> {
                String member = what.startsWith("o") ? "optionalClientScopes" : "defaultClientScopes";
                if (method.equals("PUT")) {
                    list(client, member).add(String.valueOf(scopes.get(parts[3])));
                } else {
                    list(client, member).remove(scopes.get(parts[3]));
                }
            }
            default -> {
                List<Object> mappers = list(client, "protocolMappers");
                if (method.equals("DELETE")) {
                    mappers.removeIf(one -> one instanceof Map<?, ?> mapper && parts[4].equals(mapper.get("id")));
                } else {
                    Map<String, Object> mapper = copy(body);
                    mapper.put("id", "mapper-" + mappers.size());
                    mappers.add(mapper);
                    return Answered.of(201);
                }
            }
        }
        return Answered.of(204);
    }

    private Answered secret(String method, String[] parts, Map<String, Object> client) {
        if (parts.length == 3 && method.equals("GET")) {
            return Answered.json(200, Map.of("type", "secret", "value", client.get("secret")));
        }
        if (parts.length == 3) {
            if (rotates) {
                rotated.put(parts[1], String.valueOf(client.get("secret")));
            }
            client.put("secret", "made-by-keycloak-" + UUID.randomUUID());
            return Answered.json(200, Map.of("type", "secret", "value", client.get("secret")));
        }
        String old = method.equals("DELETE") ? rotated.remove(parts[1]) : rotated.get(parts[1]);
        return old == null ? Answered.of(404) : Answered.of(method.equals("DELETE") ? 204 : 200);
    }

    static Map<String, Object> attributes(Map<String, Object> client) {
        Map<String, Object> attributes = new LinkedHashMap<>();
        if (client.get("attributes") instanceof Map<?, ?> map) {
            map.forEach((name, value) -> attributes.put(String.valueOf(name), value));
        }
        return attributes;
    }

    @SuppressWarnings("unchecked") // only this class puts lists there
    private static List<Object> list(Map<String, Object> client, String member) {
        @Nullable Object list = client.get(member);
        List<Object> changeable = new ArrayList<>(list == null ? List.of() : (List<Object>) list);
        client.put(member, changeable);
        return changeable;
    }
}
