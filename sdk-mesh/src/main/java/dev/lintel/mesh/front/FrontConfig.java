package dev.lintel.mesh.front;

import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.mesh.Manifest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a front as a ConfigMap has them: as texts, or compressed where they are too long together, and beside them
 * what is served and which services are called.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/configuration/configmap/">Kubernetes, ConfigMaps</a>
 */
public final class FrontConfig {
    /** The file that says kind, API, services, and what is asked at which parts. */
    public static final String RULE = "lintel-front.json";

    /** The end of the name of a file that is compressed. */
    public static final String PACKED = ".gz";

    /** A ConfigMap takes 1 MiB; some of it is for names and who owns which field. */
    static final int LARGEST = 1_000_000;

    /** Nobody packs more than that into 1 MiB in good faith. */
    private static final int UNPACKED = 64 << 20;

    private static final String DATA = "data";
    private static final String BINARY = "binaryData";

    private FrontConfig() {}

    /** The fields of the ConfigMap. */
    static Map<String, Object> write(ApiModel api, FrontRule rule) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put(RULE, FrontRuleText.write(api.id(), rule));
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put(DATA, data);
        if (size(rule) <= LARGEST) {
            data.putAll(rule.files());
        } else {
            Map<String, Object> packed = new LinkedHashMap<>();
            rule.files().forEach((name, text) -> packed.put(name + PACKED, Base64.getEncoder().encodeToString(pack(text))));
            fields.put(BINARY, packed);
        }
        return fields;
    }

    /** What a ConfigMap cannot hold. */
    static List<Problem> problems(ApiModel api, FrontRule rule) {
        List<Problem> problems = new ArrayList<>();
        for (String name : rule.files().keySet()) {
            boolean fits = !name.isEmpty() && name.length() < 250 && !name.equals(RULE) && !name.endsWith(PACKED);
            if (!fits || !name.chars().allMatch(FrontConfig::isOfName)) {
                problems.add(new Problem(
                        "front.file",
                        api.id(),
                        "'" + name + "' is no name of a file in a ConfigMap",
                        "use letters, digits, '-', '_' and '.', and neither '" + RULE + "' nor an end of '" + PACKED + "'",
                        rule.origin()));
            }
        }
        int packed = size(rule) <= LARGEST
                ? 0
                : rule.files().values().stream().mapToInt(text -> pack(text).length).sum();
        if (packed > LARGEST) {
            problems.add(new Problem(
                    "front.size",
                    api.id(),
                    "what configures the proxy takes " + packed + " bytes compressed; a ConfigMap takes " + LARGEST,
                    "serve a part of it by an API of its own, or leave operations out",
                    rule.origin()));
        }
        return problems;
    }

    private static boolean isOfName(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_' || c == '.';
    }

    private static int size(FrontRule rule) {
        return rule.files().values().stream()
                .mapToInt(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
    }

    /**
     * What a ConfigMap says.
     *
     * @param config as it was written
     * @return the rule; its origin is unknown
     * @throws IllegalArgumentException if it is none of ours
     */
    public static FrontRule read(Manifest config) {
        NavigableMap<String, String> files = new TreeMap<>();
        texts(config.spec().get(DATA)).forEach(files::put);
        texts(config.spec().get(BINARY)).forEach((name, packed) -> {
            if (!name.endsWith(PACKED)) {
                throw new IllegalArgumentException("'" + name + "' is no file of ours");
            }
            files.put(
                    name.substring(0, name.length() - PACKED.length()),
                    unpack(Base64.getDecoder().decode(packed)));
        });
        String rule = files.remove(RULE);
        if (rule == null) {
            throw new IllegalArgumentException("has no '" + RULE + "'");
        }
        return FrontRuleText.read(rule, files);
    }

    /**
     * What the file {@value #RULE} says, with the others.
     *
     * @param rule its text
     * @param files the others, not compressed
     * @return the rule
     * @throws IllegalArgumentException if it is none of ours
     */
    public static FrontRule read(String rule, SortedMap<String, String> files) {
        return FrontRuleText.read(rule, files);
    }

    private static Map<String, String> texts(@Nullable Object said) {
        Map<String, String> texts = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> map) {
            map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        }
        return texts;
    }

    private static byte[] pack(String text) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(packed)) {
            stream.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return packed.toByteArray();
    }

    /**
     * A file as it was before it was compressed.
     *
     * @param packed its bytes
     * @return the text
     * @throws IllegalArgumentException if it is no such file, or longer than 64 MiB
     */
    public static String unpack(byte[] packed) {
        try (GZIPInputStream stream = new GZIPInputStream(new ByteArrayInputStream(packed))) {
            byte[] bytes = stream.readNBytes(UNPACKED + 1);
            if (bytes.length > UNPACKED) {
                throw new IllegalArgumentException("a compressed file is longer than " + UNPACKED + " bytes");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalArgumentException("a file is not compressed as ours are", e);
        }
    }
}
