package dev.lintel.graphql.openapi;

import com.fasterxml.jackson.databind.JsonNode;
import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.Body;
import dev.lintel.graphql.model.Encoding;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One operation: its parameters, its body, its answer. */
final class OperationReader {
    private static final Pattern TEMPLATE = Pattern.compile("\\{([^{}/]+)}");
    private static final Set<String> HTTP_HEADERS = Set.of("accept", "content-type", "authorization");

    private final References references;
    private final SchemaReader schemas;
    private final Losses losses;
    private final SecurityReader security;
    private final LinkReader links;
    private final @Nullable SwaggerTwo old;

    OperationReader(
            References references,
            SchemaReader schemas,
            Losses losses,
            SecurityReader security,
            LinkReader links,
            @Nullable SwaggerTwo old) {
        this.security = security;
        this.links = links;
        this.references = references;
        this.schemas = schemas;
        this.losses = losses;
        this.old = old;
    }

    Operation read(At item, String path, String method) {
        At said = item.child(method);
        String id = said.text("operationId");
        String name = Words.pascal(id).isEmpty() ? Words.pascal(method + " " + path) : Words.pascal(id);
        At named = said.called(name);
        At at = old == null ? named : old.operation(named, item);
        String description = at.text("description").isEmpty() ? at.text("summary") : at.text("description");
        unused(at);
        return new Operation(
                method.toUpperCase(Locale.ROOT),
                path,
                id,
                description,
                at.yes("deprecated"),
                parameters(item, at, path),
                body(at),
                answer(at),
                security.read(at),
                "");
    }

    private void unused(At at) {
        if (at.node().path("callbacks").size() > 0) {
            losses.unused(at, "callbacks", "the graph has no subscriptions");
        }
        if (at.node().path("servers").size() > 0) {
            losses.unused(at, "servers", "where the service is, is not taken from the document");
        }
    }

    private List<Parameter> parameters(At item, At at, String path) {
        Map<String, Parameter> found = new TreeMap<>();
        List<At> said = new ArrayList<>();
        if (old == null) {
            item.node()
                    .path("parameters")
                    .forEach(each -> said.add(item.child("parameters").holding(each)));
        }
        at.node()
                .path("parameters")
                .forEach(each -> said.add(at.child("parameters").holding(each)));
        for (At one : said) {
            At place = references.follow(one);
            Parameter parameter = place == null ? null : parameter(place, at);
            if (parameter != null) {
                found.put(parameter.place() + " " + parameter.name(), parameter);
            }
        }
        Set<String> templates = new TreeSet<>();
        Matcher matcher = TEMPLATE.matcher(path);
        while (matcher.find()) {
            String name = matcher.group(1);
            boolean unusedNews = templates.add(name);
            if (!found.containsKey("PATH " + name)) {
                losses.widened(at, "parameters", "path parameter '" + name + "' is not declared, and is a text");
                found.put("PATH " + name, undeclared(name));
            }
        }
        found.values().removeIf(parameter -> {
            boolean stray = parameter.place() == Parameter.Place.PATH && !templates.contains(parameter.name());
            if (stray) {
                losses.unused(at, "parameters", "the path has no '{" + parameter.name() + "}'");
            }
            return stray;
        });
        return List.copyOf(found.values());
    }

    private static Parameter undeclared(String name) {
        Use text = Use.of(Kind.STRING, false);
        return new Parameter(name, Parameter.Place.PATH, true, text, "simple", false, false, false, "");
    }

    private @Nullable Parameter parameter(At at, At operation) {
        String name = at.text("name");
        Parameter.Place place = place(at.text("in"));
        if (name.isEmpty() || place == null) {
            losses.unused(operation, "parameters", "'" + name + "' in '" + at.text("in") + "' is no parameter");
            return null;
        }
        if (place == Parameter.Place.HEADER && HTTP_HEADERS.contains(name.toLowerCase(Locale.ROOT))) {
            losses.unused(operation, "parameters", "header '" + name + "' is no parameter, by OpenAPI's rule");
            return null;
        }
        boolean content = at.node().has("content");
        At schema = content ? at.child("content") : at.child("schema");
        if (content) {
            var types = schema.node().fieldNames();
            schema = types.hasNext() ? schema.child(types.next()).child("schema") : schema;
        }
        At where = new At(
                schema.document(),
                schema.node(),
                operation.id() + "/parameters/" + at.text("in") + "." + At.escape(name),
                operation.hint() + Words.pascal(name));
        boolean form = place == Parameter.Place.QUERY || place == Parameter.Place.COOKIE;
        String style = at.text("style").isEmpty() ? (form ? "form" : "simple") : at.text("style");
        boolean explode = at.node().has("explode") ? at.yes("explode") : style.equals("form");
        boolean required = at.yes("required") || place == Parameter.Place.PATH;
        boolean preset = schema.node().has("default");
        return new Parameter(
                name,
                place,
                required,
                schema.node().isMissingNode() ? Use.of(Kind.STRING, false) : schemas.use(where),
                content ? "content" : style,
                explode,
                at.yes("allowReserved"),
                preset,
                at.text("description"),
                example(at, schema));
    }

    /** The first that is said: of the parameter, of its schema, then the default. */
    private String example(At at, At schema) {
        List<At> said = new ArrayList<>(List.of(at.child("example")));
        for (Map.Entry<String, JsonNode> each : at.node().path("examples").properties()) {
            At one = references.follow(at.child("examples").child(each.getKey()));
            if (one != null) {
                said.add(one.child("value"));
            }
        }
        At plain = schema.isReference() ? references.follow(schema) : schema;
        if (plain != null) {
            said.add(plain.child("example"));
            said.add(plain.holding(plain.node().path("examples").path(0)));
            said.add(plain.child("default"));
            said.add(plain.holding(plain.node().path("enum").path(0)));
        }
        for (At each : said) {
            if (!each.node().isMissingNode()) {
                return each.node().toString();
            }
        }
        return "";
    }

    private static Parameter.@Nullable Place place(String word) {
        return switch (word) {
            case "path" -> Parameter.Place.PATH;
            case "query" -> Parameter.Place.QUERY;
            case "header" -> Parameter.Place.HEADER;
            case "cookie" -> Parameter.Place.COOKIE;
            default -> null;
        };
    }

    private @Nullable Body body(At at) {
        if (!at.node().has("requestBody")) {
            return null;
        }
        At said = references.follow(at.child("requestBody"));
        if (said == null || !MediaTypes.any(said)) {
            losses.unused(at, "requestBody", "it says no content");
            return null;
        }
        String mediaType = MediaTypes.best(said.node().path("content"));
        others(said, mediaType, at);
        At schema = said.child("content").child(mediaType).child("schema");
        At where = said.id().startsWith(at.id())
                ? new At(schema.document(), schema.node(), at.id() + "/requestBody", at.hint())
                : schema;
        Use use = content(where, mediaType);
        Map<String, Encoding> encodings = encodings(said.child("content").child(mediaType), at);
        return new Body(mediaType, said.yes("required"), use, new TreeMap<>(encodings), said.text("description"));
    }

    private Map<String, Encoding> encodings(At content, At operation) {
        Map<String, Encoding> encodings = new TreeMap<>();
        for (Map.Entry<String, JsonNode> each : content.node().path("encoding").properties()) {
            At said = content.child("encoding").child(each.getKey());
            boolean styled = Stream.of("style", "explode", "allowReserved").anyMatch(said.node()::has);
            String style = said.text("style").isEmpty() && styled ? "form" : said.text("style");
            boolean explode = said.node().has("explode") ? said.yes("explode") : style.equals("form");
            if (said.node().has("headers")) {
                losses.unused(operation, "encoding", "headers of the part '" + each.getKey() + "' are not sent");
            }
            encodings.put(
                    each.getKey(), new Encoding(said.text("contentType"), style, explode, said.yes("allowReserved")));
        }
        return encodings;
    }

    private void others(At at, String mediaType, At operation) {
        at.node().path("content").fieldNames().forEachRemaining(other -> {
            if (!other.equals(mediaType)) {
                losses.unused(operation, "content", other + " stands beside " + mediaType);
            }
        });
    }

    private Use content(At schema, String mediaType) {
        boolean form = mediaType.startsWith("multipart/") || mediaType.equals("application/x-www-form-urlencoded");
        if (MediaType.json(mediaType) || form) {
            return schema.node().isMissingNode() ? Use.JSON : schemas.use(schema);
        }
        boolean tree = mediaType.contains("xml") || mediaType.contains("yaml");
        if (mediaType.startsWith("text/") && !tree) {
            return Use.of(Kind.STRING, false);
        }
        if (tree) {
            losses.widened(schema, "content", mediaType + " is a text");
            return Use.of(Kind.STRING, false);
        }
        return Use.of(Kind.BYTES, false);
    }

    private Answer answer(At at) {
        Map<String, JsonNode> sorted = new TreeMap<>();
        at.node().path("responses").properties().forEach(each -> sorted.put(each.getKey(), each.getValue()));
        String best = "";
        for (String status : sorted.keySet()) {
            boolean fine = status.startsWith("2") || status.equals("default");
            At response = references.follow(at.child("responses").child(status));
            boolean content = response != null && MediaTypes.any(response);
            if (fine && (best.isEmpty() || content && !hasContent(at, best) && !status.equals("default"))) {
                best = status;
            }
        }
        Answer answer = best.isEmpty() ? new Answer("none", "", null) : answer(at, best);
        for (String status : sorted.keySet()) {
            if (!status.equals(best) && hasContent(at, status)) {
                losses.unused(at, "responses", "the content of " + status + " has no type");
            }
        }
        return answer;
    }

    private boolean hasContent(At at, String status) {
        At response = references.follow(at.child("responses").child(status));
        return response != null && MediaTypes.any(response);
    }

    private Answer answer(At at, String status) {
        At said = references.follow(at.child("responses").child(status));
        if (said == null) {
            return new Answer(status, "", null);
        }
        if (said.node().path("headers").size() > 0) {
            losses.unused(at, "headers", "the graph has only the content of answers");
        }
        List<Link> found = links.read(said, at);
        if (!MediaTypes.any(said)) {
            return new Answer(status, "", null);
        }
        String mediaType = MediaTypes.best(said.node().path("content"));
        others(said, mediaType, at);
        At schema = said.child("content").child(mediaType).child("schema");
        At where = said.id().startsWith(at.id())
                ? new At(schema.document(), schema.node(), at.id() + "/responses/" + status, at.hint() + "Result")
                : schema.called(said.hint() + "Result");
        return new Answer(status, mediaType, content(where, mediaType), found);
    }
}
