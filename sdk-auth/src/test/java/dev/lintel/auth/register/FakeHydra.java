package dev.lintel.auth.register;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The part of Hydra's administrative interface that is documented for clients: key-set pagination by the header {@code
 * Link}, secrets that are told once, objects that are replaced whole, and rotation since version 26.
 */
final class FakeHydra extends FakeAdmin {
    final Map<String, Map<String, Object>> clients = new TreeMap<>();
    final Map<String, List<String>> secrets = new LinkedHashMap<>();
    volatile boolean rotates = true;
    volatile int most = 500;
    volatile boolean circle;

    @Override
    Answered answer(String method, String[] path, Map<String, String> query, Map<String, Object> body) {
        boolean known = path.length >= 2 && path[0].equals("admin") && path[1].equals("clients");
        if (!known || path.length == 5 && !rotates) {
            return Answered.of(404);
        }
        if (path.length == 2) {
            return method.equals("POST") ? create(body) : list(query);
        }
        String id = path[2];
        if (!clients.containsKey(id)) {
            return Answered.json(404, Map.of("error", "Unable to locate the resource", "status_code", 404));
        }
        return path.length == 5 ? rotate(method, id, body) : one(method, id, body);
    }

    private Answered create(Map<String, Object> body) {
        String id = String.valueOf(body.get("client_id"));
        if (clients.containsKey(id)) {
            return Answered.json(409, Map.of("error", "Unable to insert or update resource"));
        }
        String secret = String.valueOf(body.getOrDefault("client_secret", "made-by-hydra"));
        secrets.put(id, new ArrayList<>(List.of(secret)));
        keep(id, body);
        Map<String, Object> told = copy(clients.get(id));
        if (!"none".equals(told.get("token_endpoint_auth_method"))) {
            told.put("client_secret", secret);
        }
        return Answered.json(201, told);
    }

    private void keep(String id, Map<String, Object> body) {
        Map<String, Object> client = copy(body);
        client.remove("client_secret");
        client.put("client_id", id);
        client.putIfAbsent("grant_types", List.of("authorization_code"));
        client.putIfAbsent("client_secret_expires_at", 0);
        client.putIfAbsent("created_at", "2026-01-01T00:00:00Z");
        client.putIfAbsent("metadata", Map.of());
        clients.put(id, client);
    }

    private Answered list(Map<String, String> query) {
        String after =
                new String(Base64.getUrlDecoder().decode(query.getOrDefault("page_token", "")), StandardCharsets.UTF_8);
        int size = Math.min(most, Integer.parseInt(query.getOrDefault("page_size", "250")));
        List<Map<String, Object>> page = clients.entrySet().stream()
                .filter(entry -> circle || entry.getKey().compareTo(after) > 0)
                .filter(entry -> query.getOrDefault("owner", "").isEmpty()
                        || query.get("owner").equals(entry.getValue().get("owner")))
                .limit(size)
                .map(Map.Entry::getValue)
                .toList();
        if (clients.isEmpty()) {
            // So does version 2.3.0, on every page of nothing.
            String next = Base64.getUrlEncoder().encodeToString((after + "0").getBytes(StandardCharsets.UTF_8));
            return new Answered(
                    200,
                    page,
                    Map.of(
                            "Link",
                            "</admin/clients?page_size=" + size + "&page_token=" + next.replace("=", "%3D")
                                    + ">; rel=\"next\""));
        }
        if (page.size() < size) {
            return Answered.json(200, page);
        }
        String last = String.valueOf(page.get(page.size() - 1).get("client_id"));
        String token = Base64.getUrlEncoder().encodeToString(last.getBytes(StandardCharsets.UTF_8));
        String link = "</admin/clients?page_size=" + size + "&page_token=>; rel=\"first\",</admin/clients?page_size="
                + size + "&page_token=" + token.replace("=", "%3D") + ">; rel=\"next\"";
        return new Answered(200, page, Map.of("Link", link));
    }

    private Answered one(String method, String id, Map<String, Object> body) {
        switch (method) {
            case "PUT" -> {
                if (body.get("client_secret") instanceof String secret) {
                    secrets.put(id, new ArrayList<>(List.of(secret)));
                }
                keep(id, body);
            }
            case "DELETE" -> {
                clients.remove(id);
                secrets.remove(id);
                return Answered.of(204);
            }
            default -> {}
        }
        return Answered.json(200, clients.get(id));
    }

    private Answered rotate(String method, String id, Map<String, Object> body) {
        List<String> known = secrets.get(id);
        if (method.equals("DELETE")) {
            known.subList(1, known.size()).clear();
            return Answered.json(200, clients.get(id));
        }
        known.add(0, String.valueOf(body.getOrDefault("client_secret", "rotated-by-hydra")));
        Map<String, Object> told = copy(clients.get(id));
        told.put("client_secret", known.get(0));
        return Answered.json(200, told);
    }
}
