package dev.lintel.judges.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lintel.judges.Required;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The scripts of {@code judges/node} with the packages that they need, as {@code package-lock.json} pins them. */
public final class Scripts {
    private static final Logger LOG = LoggerFactory.getLogger(Scripts.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path FOLDER = Path.of("target", "node");
    private static final Path INSTALLED = FOLDER.resolve("node_modules").resolve(".lock-of-this");
    private static final Pattern VERSION = Pattern.compile("v(\\d+)\\.(\\d+)\\..*");

    private Scripts() {}

    static Scripts installed() {
        String version = version();
        Path lock = FOLDER.resolve("package-lock.json");
        try {
            if (!Files.exists(INSTALLED) || Files.mismatch(lock, INSTALLED) >= 0) {
                install();
                Files.copy(lock, INSTALLED);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Scripts scripts = new Scripts();
        LOG.info(
                "Node {}, oidc-provider {}, openid-client {}, oauth4webapi {}",
                version,
                scripts.versionOf("oidc-provider"),
                scripts.versionOf("openid-client"),
                scripts.versionOf("oauth4webapi"));
        return scripts;
    }

    private static String version() {
        String said;
        try (Child node = Child.start("node-version", Path.of("."), Map.of(), List.of("node", "--version"))) {
            said = String.join("", node.rest());
        } catch (UncheckedIOException e) {
            throw Required.missing("there is no Node on the PATH");
        }
        Matcher matcher = VERSION.matcher(said);
        if (!matcher.matches()
                || Integer.parseInt(matcher.group(1)) < 20
                || (said.startsWith("v20.") && Integer.parseInt(matcher.group(2)) < 19)) {
            throw Required.missing("Node must be 20.19 or later, but is '" + said + "'");
        }
        return said;
    }

    private static void install() {
        try (Child npm = Child.start("npm-ci", FOLDER, Map.of(), List.of("npm", "ci", "--prefer-offline"))) {
            npm.rest();
            if (npm.ended() != 0) {
                throw Required.missing("npm ci failed: " + npm.complaints());
            }
        } catch (UncheckedIOException e) {
            throw Required.missing("npm cannot be run");
        }
    }

    /** The version of an installed package. */
    public String versionOf(String name) {
        return read(FOLDER.resolve("node_modules").resolve(name).resolve("package.json"))
                .path("version")
                .asText();
    }

    /** Starts oidc-provider with what it is told, and tells where it is. */
    public Provider provider(Map<String, ?> configuration) {
        Child child = Child.start("oidc-provider", FOLDER, Map.of("NO_COLOR", "1"), List.of("node", "provider.js"));
        try {
            child.say(write(configuration));
            return new Provider(child, parse(child.line(line -> line.startsWith("{"))));
        } catch (RuntimeException e) {
            child.close();
            throw e;
        }
    }

    /** Lets a library judge a server. */
    public List<Verdict> judge(String library, Map<String, ?> world) {
        try (Child child = Child.start(library, FOLDER, Map.of(), List.of("node", "judge/" + library + ".js"))) {
            List<Verdict> verdicts = child.say(write(world)).rest().stream()
                    .map(Scripts::parse)
                    .map(Verdict::of)
                    .toList();
            if (child.ended() != 0 || verdicts.isEmpty()) {
                throw new IllegalStateException(library + " broke off: " + child.complaints());
            }
            long passed = verdicts.stream().filter(Verdict::passed).count();
            LOG.info("{} {}: {} passed, {} failed", library, versionOf(library), passed, verdicts.size() - passed);
            return verdicts;
        }
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.readTree(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode parse(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("no JSON: " + line, e);
        }
    }

    private static String write(Object value) {
        try {
            return JSON.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
