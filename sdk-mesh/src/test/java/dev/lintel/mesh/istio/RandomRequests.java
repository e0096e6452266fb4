package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Requests at the edges of what {@link RandomModels} says: slashes at the end, siblings, deeper paths, poor tokens. */
public final class RandomRequests {
    private static final List<String> METHODS = List.of("GET", "GET", "HEAD", "POST", "PUT", "DELETE", "PATCH");
    private static final List<String> SEGMENTS =
            List.of("a", "b", "foo", "foobar", "fo", "x", "%66oo", "a;b", "..", ".");

    private final Random random;

    public RandomRequests(long seed) {
        this.random = new Random(seed);
    }

    public RequestValue request(MeshModel model) {
        ApiModel api = model.apis().get(random.nextInt(model.apis().size()));
        boolean inside = random.nextInt(6) == 0;
        List<String> hosts = api.entry().hosts();
        String host = inside
                ? api.id() + (random.nextBoolean() ? ".svc.cluster.local" : "")
                : random.nextInt(30) == 0 ? "elsewhere.example.com" : hosts.get(random.nextInt(hosts.size()));
        String query = random.nextInt(3) == 0 ? "q=" + random.nextInt(3) : null;
        RequestValue request = RequestValue.of(METHODS.get(random.nextInt(METHODS.size())), host, path(), query);
        if (random.nextInt(3) == 0) {
            request = request.header("x-beta", String.valueOf(random.nextInt(2)));
        }
        if (random.nextInt(3) == 0) {
            request = request.header("x-canary", String.valueOf(random.nextInt(3)));
        }
        if (random.nextInt(4) == 0) {
            request = request.header("cookie", "ring=" + random.nextInt(3));
        }
        if (random.nextInt(3) == 0) {
            request = request.header(
                    "cookie",
                    "other=1; lin.tel=" + List.of("v1", "v2", "V3", "v9").get(random.nextInt(4)));
        }
        request = request.token(token());
        return inside ? request.inMesh() : request;
    }

    private String path() {
        StringBuilder path = new StringBuilder();
        int depth = random.nextInt(5);
        for (int i = 0; i < depth; i++) {
            int plain = random.nextInt(8) == 0 ? SEGMENTS.size() : 4;
            path.append(random.nextInt(25) == 0 ? "//" : random.nextInt(25) == 0 ? "/x%2F" : "/")
                    .append(SEGMENTS.get(random.nextInt(plain)));
        }
        return path.append(depth == 0 || random.nextInt(3) == 0 ? "/" : "").toString();
    }

    private Token token() {
        int kind = random.nextInt(8);
        if (kind == 0) {
            return Token.NONE;
        }
        if (kind == 1) {
            return new Token.Rejected("expired");
        }
        List<String> scopes = new ArrayList<>();
        RandomModels.SCOPES.stream().filter(scope -> random.nextInt(3) != 0).forEach(scopes::add);
        String issuer = random.nextInt(8) == 0
                ? "https://nobody.example"
                : RandomModels.ISSUERS.get(random.nextInt(4) == 0 ? 1 : 0);
        String audience = random.nextInt(8) == 0 ? "others" : random.nextInt(4) == 0 ? "all" : "orders";
        Map<String, Object> claims =
                random.nextBoolean() ? Map.of("role", List.of("user", "ops")) : Map.of("role", "user");
        return new Token.Verified(issuer, "alice", List.of(audience), scopes, claims);
    }
}
