package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.model.Security;
import dev.lintel.graphql.model.Security.Alternative;
import dev.lintel.graphql.model.Security.Kind;
import dev.lintel.graphql.model.Security.Need;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What a document asks of callers. A scheme that it does not declare is one that nobody can show. */
final class SecurityReader {
    /** RFC 9110, 5.6.2. */
    private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";
    /** What belongs to the connection, to the body or to the way is no caller's to say. */
    private static final Set<String> NOT_TO_SEND = Set.of(
            "connection",
            "content-length",
            "content-type",
            "expect",
            "forwarded",
            "host",
            "keep-alive",
            "proxy-authorization",
            "proxy-connection",
            "te",
            "trailer",
            "transfer-encoding",
            "upgrade",
            "via");

    private final JsonNode whole;
    private final Map<String, Need> schemes = new TreeMap<>();
    private final Losses losses;

    SecurityReader(At root, References references, Losses losses) {
        this.whole = root.node().path("security");
        this.losses = losses;
        At declared = root.node().has("swagger")
                ? root.child("securityDefinitions")
                : root.child("components").child("securitySchemes");
        declared.node().fieldNames().forEachRemaining(name -> {
            At at = references.follow(declared.child(name));
            schemes.put(name, at == null ? unsent(name) : scheme(name, at));
        });
    }

    /** What an operation asks: what is said there counts in place of what is said for the whole document. */
    Security read(At operation) {
        JsonNode said = operation.node().has("security") ? operation.node().path("security") : whole;
        List<Alternative> alternatives = new ArrayList<>();
        if (!said.isMissingNode() && !said.isArray()) {
            losses.widened(operation, "security", "is no list");
            return new Security(List.of(new Alternative(List.of(unsent("")))));
        }
        for (JsonNode each : said) {
            List<Need> needs = new ArrayList<>();
            if (!each.isObject()) {
                // Not taken for an object without members, which would ask nothing.
                losses.widened(operation, "security", "an alternative is no object");
                needs.add(unsent(""));
            }
            each.properties().forEach(part -> {
                Need scheme = schemes.get(part.getKey());
                if (scheme == null) {
                    losses.widened(operation, "security", "scheme '" + part.getKey() + "' is not declared");
                    needs.add(unsent(part.getKey()));
                } else {
                    needs.add(scheme.kind() == Kind.BEARER ? with(scheme, part.getValue()) : scheme);
                }
            });
            alternatives.add(new Alternative(needs));
        }
        return new Security(alternatives);
    }

    private static Need with(Need scheme, JsonNode said) {
        List<String> scopes = new ArrayList<>();
        said.forEach(scope -> scopes.add(scope.asText()));
        return new Need(scheme.scheme(), scheme.kind(), scheme.header(), scopes);
    }

    private Need scheme(String name, At at) {
        switch (at.text("type").toLowerCase(Locale.ROOT)) {
            case "oauth2", "openidconnect" -> {
                return new Need(name, Kind.BEARER, "authorization", List.of());
            }
            case "basic" -> {
                return new Need(name, Kind.BASIC, "authorization", List.of());
            }
            case "http" -> {
                String scheme = at.text("scheme").toLowerCase(Locale.ROOT);
                if (scheme.equals("bearer") || scheme.equals("basic")) {
                    Kind kind = scheme.equals("bearer") ? Kind.BEARER : Kind.BASIC;
                    return new Need(name, kind, "authorization", List.of());
                }
                losses.unused(at, "securitySchemes", "the graph does not know the scheme '" + scheme + "'");
            }
            case "apikey" -> {
                String header = at.text("name").toLowerCase(Locale.ROOT);
                if (at.text("in").equals("header") && sendable(header)) {
                    return new Need(name, Kind.HEADER, header, List.of());
                }
                losses.unused(at, "securitySchemes", "a key in '" + at.text("in") + "' is not sent on");
            }
            default -> losses.unused(at, "securitySchemes", "the graph does not know '" + at.text("type") + "'");
        }
        return unsent(name);
    }

    private static boolean sendable(String header) {
        return !header.isEmpty()
                && !NOT_TO_SEND.contains(header)
                && !header.startsWith("x-forwarded-")
                && header.chars()
                        .allMatch(c -> c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || TOKEN_MARKS.indexOf(c) >= 0);
    }

    private static Need unsent(String name) {
        return new Need(name, Kind.UNSENT, "", List.of());
    }
}
