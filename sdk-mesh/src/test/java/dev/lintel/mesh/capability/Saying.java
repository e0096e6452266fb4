package dev.lintel.mesh.capability;

import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** Forms of a feature's definition for worlds that do not take it as it is said for others. */
final class Saying {
    private static final String POLICY = "  - kind: ";
    private static final String TOKENS = "auth.oauth2/v1";

    /** Features that mean nothing without a token. */
    private static final Set<Feature> NEED_TOKENS = Set.of(Feature.STICKY_CLAIM, Feature.CHOICE_TOKEN);

    private Saying() {}

    /** For a world that does not look up where keys are. */
    static String keys(String yaml) {
        String issuer = "      - issuer: https://id.example\n";
        return yaml.replace(issuer, issuer + "        jwksUri: https://id.example/keys\n");
    }

    /** For a world that tries calls of all methods again, and in old versions waits 10 seconds for an authorizer. */
    static String alike(String yaml) {
        return yaml.replace("    attempts: 2\n", "    attempts: 2\n    nonIdempotent: true\n")
                .replace("    timeout: 1s\n", "    timeout: 10s\n");
    }

    /** For a world of which nothing is known but what every implementation of Gateway API supports. */
    static String core(String yaml) {
        return yaml.replace("message: response", "message: request").replace("endpoint: GET ", "endpoint: ");
    }

    /** For a world that tells versions by their services: each version without one gets one. */
    static String services(Feature feature, String yaml) {
        String text = yaml.replace("    labels:\n      lane: blue\n", "    service: orders-v1\n");
        boolean named = text.contains("traffic.version/v1");
        if (named || !text.contains("version: v")) {
            return text;
        }
        return text.stripTrailing()
                + "\n  - kind: traffic.version/v1\n    name: v1\n    service: orders-v1"
                + "\n  - kind: traffic.version/v1\n    name: v2\n    service: orders-v2\n";
    }

    /** For a world that refuses tokens: none are asked for, unless that is the feature. */
    static String open(Feature feature, String yaml) {
        if (feature.kind().equals(TOKENS) || NEED_TOKENS.contains(feature)) {
            return yaml;
        }
        return Arrays.stream(yaml.split("(?=(?m)^" + POLICY + ")"))
                .filter(part -> !part.startsWith(POLICY + TOKENS))
                .collect(Collectors.joining());
    }
}
