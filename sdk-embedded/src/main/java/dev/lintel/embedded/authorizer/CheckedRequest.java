package dev.lintel.embedded.authorizer;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as an authorizer is told of it: the attributes of a {@code CheckRequest}, without its protobuf.
 *
 * @param source who calls
 * @param destination who is called
 * @param time when it came; null if it is not known
 * @param http what it says
 * @param contextExtensions what a route says to the authorizer
 * @param metadata {@code metadataContext}, as JSON has it: maps, lists, text, numbers, booleans and null
 * @param routeMetadata {@code routeMetadataContext}, as JSON has it; null if it is not said
 * @param sni the name that the caller's TLS asked for; null if it is not said
 * @see <a href="https://www.envoyproxy.io/docs/envoy/latest/api-v3/service/auth/v3/attribute_context.proto">Envoy,
 *     AttributeContext</a>
 */
public record CheckedRequest(
        Party source,
        Party destination,
        @Nullable Instant time,
        Http http,
        Map<String, String> contextExtensions,
        Map<String, Object> metadata,
        @Nullable Map<String, Object> routeMetadata,
        @Nullable String sni) {
    /** Keeps the maps in their order. */
    public CheckedRequest {
        contextExtensions = Collections.unmodifiableMap(new LinkedHashMap<>(contextExtensions));
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** Without values, among which secrets travel. */
    @Override
    public String toString() {
        return "a request " + http.method() + " " + http.host();
    }

    /**
     * What a request says.
     *
     * @param id names it, for logs
     * @param method as it came
     * @param headers names in lower case with their values, the pseudo headers of HTTP/2 among them
     * @param path with query
     * @param host the authority
     * @param scheme {@code http} or {@code https}
     * @param query beside the path; Envoy leaves it empty
     * @param fragment beside the path; Envoy leaves it empty
     * @param protocol for example {@code HTTP/1.1}
     * @param size how long its body is, in bytes; -1 if it is not known
     * @param text the body, or its beginning, as text; empty for none
     * @param bytes the body, or its beginning, as bytes; null for none
     */
    public record Http(
            String id,
            String method,
            Map<String, String> headers,
            String path,
            String host,
            String scheme,
            String query,
            String fragment,
            String protocol,
            long size,
            String text,
            @Nullable ByteBuffer bytes) {
        /** Tells that an authorizer sees the beginning of the body only (Envoy). */
        public static final String PARTIAL = "x-envoy-auth-partial-body";

        /** Keeps the headers in their order. */
        public Http {
            headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        }

        /** Without values, among which secrets travel. */
        @Override
        public String toString() {
            return method + " " + host;
        }
    }
}
