package dev.lintel.mesh.kyma;

import static dev.lintel.mesh.Trees.map;

import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Manifest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Istio's objects that make an APIRule mean what was said: one policy that lets callers inside go on, whom the
 * controller's ALLOW policies would shut out, and one that denies what an APIRule cannot deny.
 */
final class Beside {
    static final String SECURITY = "security.istio.io/v1";
    static final String POLICY = "AuthorizationPolicy";
    static final String INSIDE = ".inside";
    static final String DENIED = ".denied";
    static final String ISSUER = "request.auth.claims[iss]";
    static final String AUDIENCE = "request.auth.claims[aud]";

    private static final int LONGEST_NAME = 63;

    private final ApiModel api;

    Beside(ApiModel api) {
        this.api = api;
    }

    /** Lets callers inside go on. */
    Manifest inside() {
        return policy(
                INSIDE,
                "ALLOW",
                List.of(map("from", List.of(map("source", map("notPrincipals", List.of(KymaDialect.principal())))))));
    }

    /** Denies; none if there is nothing to deny. */
    List<Manifest> denied(List<Denial> denials) {
        List<Object> rules = new ArrayList<>();
        Map<List<Object>, List<String>> alike = new LinkedHashMap<>();
        denials.forEach(
                denial -> alike.computeIfAbsent(List.of(denial.notPaths(), denial.methods()), key -> new ArrayList<>())
                        .add(denial.path().denial()));
        for (Denial denial : denials) {
            List<String> paths = alike.remove(List.of(denial.notPaths(), denial.methods()));
            if (paths != null) {
                rules.add(map(
                        "from",
                        List.of(map("source", gateway())),
                        "to",
                        List.of(map("operation", operation(paths, denial)))));
            }
        }
        if (needsAudiences(api.entry().access())) {
            // Every good token has an issuer, but a request principal only one that has a subject as well.
            rules.add(map(
                    "from",
                    List.of(map("source", gateway())),
                    "when",
                    List.of(
                            map("key", ISSUER, "values", List.of("*")),
                            map(
                                    "key",
                                    AUDIENCE,
                                    "notValues",
                                    api.entry().access().audiences()))));
        }
        return rules.isEmpty() ? List.of() : List.of(policy(DENIED, "DENY", rules));
    }

    /** Whether a token for another audience would pass, because the controller asks for audiences only where one is needed. */
    static boolean needsAudiences(Access access) {
        return !access.audiences().isEmpty()
                && access.rules().stream().anyMatch(rule -> rule.requirement() instanceof Requirement.Public);
    }

    private static Map<String, Object> gateway() {
        return map("principals", List.of(KymaDialect.principal()));
    }

    private static Map<String, Object> operation(List<String> paths, Denial denial) {
        return map(
                "paths",
                paths,
                "notPaths",
                denial.notPaths().stream().map(RulePath::policy).toList(),
                "methods",
                denial.methods().equals(Methods.ALL) ? List.of() : denial.methods());
    }

    private Manifest policy(String suffix, String action, List<?> rules) {
        Map<String, Object> selector = map("matchLabels", api.service().labels());
        return object(SECURITY, POLICY, api, name(suffix), map("selector", selector, "action", action, "rules", rules));
    }

    String name(String suffix) {
        String name = api.name() + suffix;
        if (name.length() <= LONGEST_NAME) {
            return name;
        }
        String hash = "-" + hash(api.name());
        return api.name().substring(0, LONGEST_NAME - hash.length() - suffix.length()) + hash + suffix;
    }

    private static String hash(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 4);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static Manifest object(String apiVersion, String kind, ApiModel api, String name, Map<String, Object> spec) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(Manifest.MANAGED_BY, Manifest.LINTEL);
        labels.put(Manifest.API, api.name());
        return new Manifest(apiVersion, kind, api.namespace(), name, labels, Map.of(), spec);
    }
}
