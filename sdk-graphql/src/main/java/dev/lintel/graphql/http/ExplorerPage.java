package dev.lintel.graphql.http;

import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Serves an {@link Explorer} under a policy that lets in nothing but its own files, and calls to its own origin. */
final class ExplorerPage {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Explorer explorer;
    private final String where;
    private final String endpoint;
    private final Map<String, Explorer.Asset> assets = new TreeMap<>();

    ExplorerPage(Explorer explorer, String where, String endpoint) {
        this.explorer = explorer;
        this.where = where;
        this.endpoint = endpoint;
        explorer.assets().forEach(asset -> assets.put(where + "/" + asset.name(), asset));
    }

    static ExplorerPage installed(String where, String endpoint) {
        Explorer explorer = ServiceLoader.load(Explorer.class, Explorer.class.getClassLoader())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a page at '" + where
                        + "' needs the module lintel-sdk-graphiql: add it, or take the page out"));
        return new ExplorerPage(explorer, where, endpoint);
    }

    boolean has(String path) {
        return path.equals(where) || assets.containsKey(path);
    }

    FrontAnswer answer(FrontRequest request) {
        if (!request.method().equals("GET")) {
            return Answers.refused(
                    Refused.of(405, "METHOD_NOT_ALLOWED", "this is read with GET"),
                    MediaType.JSON,
                    Map.of("allow", "GET"));
        }
        Explorer.@Nullable Asset asset = assets.get(request.path());
        return asset == null ? page() : file(asset);
    }

    private FrontAnswer page() {
        byte[] random = new byte[18];
        RANDOM.nextBytes(random);
        String nonce = Base64.getEncoder().encodeToString(random);
        Map<String, String> headers = headers("text/html; charset=utf-8");
        headers.put("cache-control", "no-store");
        headers.put("content-security-policy", policy(nonce));
        headers.put("x-frame-options", "DENY");
        headers.put("cross-origin-opener-policy", "same-origin");
        String folder = where.substring(where.lastIndexOf('/') + 1) + "/";
        return FrontAnswer.of(
                200, headers, explorer.html(nonce, folder, endpoint).getBytes(StandardCharsets.UTF_8));
    }

    private static String policy(String nonce) {
        return "default-src 'none'; script-src 'nonce-" + nonce + "'; style-src 'nonce-" + nonce
                + "'; font-src data:; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none';"
                + " frame-ancestors 'none'";
    }

    private static FrontAnswer file(Explorer.Asset asset) {
        Map<String, String> headers = headers(asset.contentType());
        headers.put("cache-control", "public, max-age=3600");
        return FrontAnswer.of(200, headers, asset.bytes());
    }

    private static Map<String, String> headers(String contentType) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", contentType);
        headers.put("x-content-type-options", "nosniff");
        headers.put("referrer-policy", "no-referrer");
        headers.put("cross-origin-resource-policy", "same-origin");
        return headers;
    }
}
