package dev.lintel.testbed;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.mesh.YamlTrees;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * What somebody writes into a cluster, and what guard rails say to it.
 *
 * @param said the document of {@code admission/cases.yaml}
 */
record AdmissionCase(Map<?, ?> said) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** All of them, with the namespaces in place of their names. */
    static List<AdmissionCase> all(Map<String, String> namespaces) {
        try (InputStream in = Objects.requireNonNull(
                AdmissionCase.class.getResourceAsStream("/admission/cases.yaml"), "admission/cases.yaml")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> one : namespaces.entrySet()) {
                text = text.replace("$" + one.getKey(), one.getValue());
            }
            return YamlTrees.read(text).stream()
                    .map(document -> new AdmissionCase((Map<?, ?>) document))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The code of the refusal; empty where it is let in. */
    String expect() {
        return text("expect", "");
    }

    String user() {
        return text("user", "admin");
    }

    String operation() {
        return text("operation", "CREATE");
    }

    private String text(String field, String usual) {
        return said.get(field) instanceof String text ? text : usual;
    }

    Map<?, ?> object() {
        return map(said.get(operation().equals("DELETE") ? "before" : "object"));
    }

    boolean hasBefore() {
        return said.containsKey("before");
    }

    Map<?, ?> before() {
        return map(said.get("before"));
    }

    boolean isNamed() {
        return map(object().get("metadata")).containsKey("name");
    }

    /** The request for admission that the apiserver would make. */
    Map<String, Object> request() {
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("uid", "705ab4f5-6393-11e8-b7cc-42010a800002");
        request.put("kind", Map.of("group", group(), "version", version(), "kind", object().get("kind")));
        request.put("resource", Map.of("group", group(), "version", version(), "resource", plural()));
        if (said.containsKey("subresource")) {
            request.put("subResource", said.get("subresource"));
        }
        request.put("namespace", map(object().get("metadata")).get("namespace"));
        request.put("operation", operation());
        request.put("userInfo", Map.of("username", user()));
        if (!operation().equals("DELETE")) {
            request.put("object", object());
        }
        if (hasBefore()) {
            request.put("oldObject", before());
        }
        return request;
    }

    /** What is there before. */
    void prepare(ApiClient api) {
        if (hasBefore()) {
            api.send("POST", collection(), "application/json", json(before())).expected(toString());
        }
    }

    /** Asks for it, without that anything would be written. */
    Answer send(ApiClient administrator) {
        ApiClient api = administrator.as(user());
        String item = collection() + "/" + map(object().get("metadata")).get("name");
        return switch (operation()) {
            case "CREATE" -> api.send("POST", collection() + "?dryRun=All", "application/json", json(object()));
            case "UPDATE" -> {
                String whole = said.containsKey("subresource") ? item + "/" + said.get("subresource") : item;
                yield api.send("PUT", whole + "?dryRun=All", "application/json", json(current(administrator, item)));
            }
            default -> api.ask("DELETE", item + "?dryRun=All");
        };
    }

    /** Only who knows the version of an object may change it. */
    private Map<String, Object> current(ApiClient api, String item) {
        try {
            String version = JSON.readTree(api.ask("GET", item).expected(item).body())
                    .at("/metadata/resourceVersion")
                    .asText();
            Map<String, Object> metadata = new LinkedHashMap<>();
            map(object().get("metadata")).forEach((key, value) -> metadata.put(String.valueOf(key), value));
            metadata.put("resourceVersion", version);
            Map<String, Object> object = new LinkedHashMap<>();
            object().forEach((key, value) -> object.put(String.valueOf(key), value));
            object.put("metadata", metadata);
            return object;
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String collection() {
        return (group().isEmpty() ? "/api/" : "/apis/") + object().get("apiVersion") + "/namespaces/"
                + map(object().get("metadata")).get("namespace") + "/" + plural();
    }

    private String group() {
        String version = String.valueOf(object().get("apiVersion"));
        return version.indexOf('/') < 0 ? "" : version.substring(0, version.indexOf('/'));
    }

    private String version() {
        String version = String.valueOf(object().get("apiVersion"));
        return version.substring(version.indexOf('/') + 1);
    }

    private String plural() {
        String kind = String.valueOf(object().get("kind")).toLowerCase(Locale.ROOT);
        if (kind.endsWith("s")) {
            return kind + "es";
        }
        return kind.matches(".*[^aeo]y") ? kind.substring(0, kind.length() - 1) + "ies" : kind + "s";
    }

    static String json(Object tree) {
        try {
            return JSON.writeValueAsString(tree);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<?, ?> map(Object value) {
        return (Map<?, ?>) Objects.requireNonNull(value, "a map of a case");
    }

    @Override
    public String toString() {
        return text("case", "a case without a name");
    }
}
