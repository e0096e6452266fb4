package dev.lintel.auth.register;

import dev.lintel.auth.testing.FakeServer.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A server with dynamic registration (RFC 7591, RFC 7592): it assigns identifiers, secrets and tokens, and changes these. */
final class FakeRegistration extends FakeAdmin {
    final Map<String, Map<String, Object>> clients = new LinkedHashMap<>();
    final Map<String, String> tokens = new LinkedHashMap<>();
    volatile boolean renews;
    private int number;

    FakeRegistration() {
        server.on(
                "/.well-known/openid-configuration",
                Answer.json("{\"issuer\":\"" + server.url() + "\",\"registration_endpoint\":\"" + server.url()
                        + "/register\"}"));
    }

    @Override
    Answered answer(String method, String[] path, Map<String, String> query, Map<String, Object> body) {
        if (path.length == 1 && method.equals("POST")) {
            String id = "assigned-" + ++number;
            clients.put(id, copy(body));
            clients.get(id).put("client_secret", "secret-" + number);
            return told(201, id);
        }
        String id = path.length == 2 ? path[1] : "";
        String asked = server.asked()
                .get(server.asked().size() - 1)
                .headers()
                .getOrDefault("Authorization", List.of(""))
                .get(0);
        if (!clients.containsKey(id) || !asked.equals("Bearer " + tokens.get(id))) {
            return Answered.json(401, Map.of("error", "invalid_token"));
        }
        if (method.equals("DELETE")) {
            clients.remove(id);
            return Answered.of(204);
        }
        if (method.equals("PUT")) {
            if (!clients.get(id).get("client_secret").equals(body.get("client_secret"))) {
                return Answered.json(400, Map.of("error", "invalid_client_metadata"));
            }
            clients.put(id, copy(body));
            if (renews) {
                clients.get(id).put("client_secret", "renewed-" + ++number);
            }
        }
        return told(200, id);
    }

    private Answered told(int status, String id) {
        tokens.put(id, "looks-after-" + id + "-" + ++number);
        Map<String, Object> told = copy(clients.get(id));
        told.remove("audience");
        told.put("client_id", id);
        told.put("client_secret_expires_at", 0);
        told.put("registration_client_uri", server.url() + "/register/" + id);
        told.put("registration_access_token", tokens.get(id));
        return Answered.json(status, told);
    }
}
