package dev.lintel.graphql.http;

import dev.lintel.core.front.FrontRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a request asks for (GraphQL over HTTP, Request). Members that are not known are passed over, as the specification
 * says; those that are known must have their type.
 */
final class RequestReader {
    private static final String QUERY = "query";
    private static final String DOCUMENT_ID = "documentId";
    private static final String OPERATION_NAME = "operationName";
    private static final String VARIABLES = "variables";
    private static final String EXTENSIONS = "extensions";

    private final HttpSettings settings;
    private final StrictJson json;

    RequestReader(HttpSettings settings) {
        this.settings = settings;
        this.json = new StrictJson(settings.limits());
    }

    /** What a POST asks for: one operation, or several where that is allowed. */
    Batch post(FrontRequest request) throws Refused {
        List<MediaRange> types = MediaRange.list(request.header("content-type").orElse(""));
        if (types.size() != 1
                || !types.get(0).type().equals("application")
                || !types.get(0).subtype().equals("json")) {
            throw unsupported("the body must be application/json, and Content-Type must say so");
        }
        if (!types.get(0).utf8()) {
            throw unsupported("the charset of the body must be utf-8");
        }
        if (!request.header("content-encoding").orElse("identity").equalsIgnoreCase("identity")) {
            throw unsupported("the body must not be compressed");
        }
        if (request.body().remaining() > settings.limits().bytes()) {
            throw Refused.of(
                    413,
                    "TOO_LARGE",
                    "the body has more than " + settings.limits().bytes() + " bytes");
        }
        Object body = json.read(request.bytes());
        if (!(body instanceof List<?> list)) {
            return new Batch(List.of(asked(body)), false);
        }
        int most = settings.batch();
        if (most == 0) {
            throw Refused.malformed("the body must be an object: several operations in one request are not allowed");
        }
        if (list.isEmpty() || list.size() > most) {
            throw Refused.malformed("a request must have 1 to " + most + " operations, but has " + list.size());
        }
        List<Asked> all = new ArrayList<>();
        for (Object each : list) {
            all.add(asked(each));
        }
        return new Batch(all, true);
    }

    /** What a GET asks for. */
    Asked get(FrontRequest request) throws Refused {
        String query = request.query();
        if (query != null && query.length() > settings.limits().bytes()) {
            throw Refused.of(414, "TOO_LARGE", "the query of the address is too long: use POST");
        }
        Map<String, String> parameters = QueryParameters.read(query);
        String operationName = parameters.get(OPERATION_NAME);
        return checked(
                parameters.get(QUERY),
                parameters.get(DOCUMENT_ID),
                operationName == null || operationName.isEmpty() ? null : operationName,
                object(VARIABLES, parameter(parameters, VARIABLES)),
                object(EXTENSIONS, parameter(parameters, EXTENSIONS)));
    }

    private @Nullable Object parameter(Map<String, String> parameters, String name) throws Refused {
        String text = parameters.get(name);
        return text == null ? null : json.read("'" + name + "'", text);
    }

    /** One operation, as it stands in a body or in a message. */
    Asked asked(@Nullable Object value) throws Refused {
        if (!(value instanceof Map<?, ?> map)) {
            throw Refused.malformed("a request must be a JSON object");
        }
        return checked(
                string(map, QUERY),
                string(map, DOCUMENT_ID),
                string(map, OPERATION_NAME),
                object(VARIABLES, map.get(VARIABLES)),
                object(EXTENSIONS, map.get(EXTENSIONS)));
    }

    private static Asked checked(
            @Nullable String query,
            @Nullable String documentId,
            @Nullable String operationName,
            Map<String, @Nullable Object> variables,
            Map<String, @Nullable Object> extensions)
            throws Refused {
        if (query != null && documentId != null) {
            throw Refused.malformed("a request must have 'query' or 'documentId', but has both");
        }
        if (query == null && documentId == null && extensions.get(PersistedQuery.MEMBER) == null) {
            throw Refused.malformed("a request must have 'query', a string");
        }
        return new Asked(query, documentId, operationName, variables, extensions);
    }

    private static @Nullable String string(Map<?, ?> map, String name) throws Refused {
        Object value = map.get(name);
        if (value == null || value instanceof String) {
            return (String) value;
        }
        throw Refused.malformed("'" + name + "' must be a string");
    }

    private static Map<String, @Nullable Object> object(String name, @Nullable Object value) throws Refused {
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw Refused.malformed("'" + name + "' must be a JSON object");
        }
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        map.forEach((key, member) -> object.put(String.valueOf(key), member));
        return object;
    }

    private static Refused unsupported(String message) {
        return Refused.of(415, "UNSUPPORTED_MEDIA_TYPE", message);
    }

    /** Whether a browser sends such a request for any page without asking first, and whether this page may. */
    static void checkOrigin(FrontRequest request) throws Refused {
        boolean asked = Header.PREFLIGHT.stream()
                .anyMatch(name -> !request.header(name).orElse("").isBlank());
        String site = request.header("sec-fetch-site").orElse("").toLowerCase(Locale.ROOT);
        boolean ownPage = site.equals("same-origin") || site.equals("none");
        boolean browser = !site.isEmpty()
                || request.header("origin").isPresent()
                || request.header("cookie").isPresent()
                || request.header("user-agent").orElse("").startsWith("Mozilla/");
        if (browser && !ownPage && !asked) {
            throw Refused.of(
                    403,
                    "PREFLIGHT_REQUIRED",
                    "a browser must not ask so for a page of somebody else: use POST, or send the header "
                            + Header.PREFLIGHT.get(0));
        }
    }
}
