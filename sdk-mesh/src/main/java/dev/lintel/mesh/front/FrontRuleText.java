package dev.lintel.mesh.front;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.Origin;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** A rule without its files, as JSON. */
final class FrontRuleText {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);
    private static final String PUBLIC = "public";
    private static final String DENIED = "denied";

    private FrontRuleText() {}

    static String write(String api, FrontRule rule) {
        ObjectNode root = JSON.createObjectNode().put("api", api).put("kind", rule.kind());
        ArrayNode services = root.putArray("services");
        rule.services().forEach(service -> services.add(service.toString()));
        ObjectNode parts = root.putObject("parts");
        rule.parts().forEach((part, asked) -> {
            if (asked instanceof Requirement.Token token) {
                ArrayNode grants = parts.putArray(part);
                token.anyOf().forEach(grant -> grant(grants.addObject(), grant));
            } else {
                ObjectNode unusedParts = parts.put(part, asked instanceof Requirement.Denied ? DENIED : PUBLIC);
            }
        });
        try {
            return JSON.writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("texts can be written", e);
        }
    }

    private static void grant(ObjectNode node, Grant grant) {
        ArrayNode scopes = node.putArray("scopes");
        grant.scopes().forEach(scopes::add);
        ObjectNode claims = node.putObject("claims");
        grant.claims().forEach(claim -> {
            ArrayNode values = claims.putArray(claim.name());
            claim.anyOf().forEach(values::add);
        });
    }

    static FrontRule read(String text, SortedMap<String, String> files) {
        JsonNode root;
        try {
            root = JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("'" + FrontConfig.RULE + "' is no JSON", e);
        }
        if (!root.path("kind").isTextual() || !root.path("services").isArray() || !root.path("parts").isObject()) {
            throw new IllegalArgumentException("'" + FrontConfig.RULE + "' says no kind, services and parts");
        }
        List<ServiceRef> services = new ArrayList<>();
        root.path("services").forEach(service -> services.add(ServiceRef.parse(service.asText())));
        SortedMap<String, Requirement> parts = new TreeMap<>();
        root.path("parts").properties().forEach(part -> parts.put(part.getKey(), requirement(part.getValue())));
        return new FrontRule(root.path("kind").asText(), services, parts, files, Origin.unknown());
    }

    /** What is not known is asked of nobody: it is denied. */
    private static Requirement requirement(JsonNode said) {
        if (!said.isArray()) {
            return said.asText().equals(PUBLIC) ? Requirement.PUBLIC : Requirement.DENIED;
        }
        List<Grant> grants = new ArrayList<>();
        for (JsonNode grant : said) {
            List<String> scopes = new ArrayList<>();
            grant.path("scopes").forEach(scope -> scopes.add(scope.asText()));
            List<Grant.ClaimRule> claims = new ArrayList<>();
            grant.path("claims").properties().forEach(claim -> {
                List<String> values = new ArrayList<>();
                claim.getValue().forEach(value -> values.add(value.asText()));
                claims.add(new Grant.ClaimRule(claim.getKey(), values));
            });
            grants.add(new Grant(scopes, claims));
        }
        return new Requirement.Token(grants);
    }
}
