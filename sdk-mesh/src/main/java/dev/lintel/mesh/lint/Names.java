package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Set;

/**
 * Names and labels that no object can have.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/names/">Kubernetes, Object Names and
 *     IDs</a>
 * @see <a href="https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/">Kubernetes, Labels and
 *     Selectors</a>
 */
final class Names implements Rule {
    private static final int LABEL = 63;
    private static final int DOMAIN = 253;
    /** Kinds whose names are part of a host. */
    private static final Set<String> WITHOUT_DOTS = Set.of("Service", "Namespace");

    private static final String LETTERS = "letters, digits, '-', '_' and '.', a letter or digit at both ends";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest manifest : scene.all()) {
            String group = FieldTable.group(manifest.apiVersion());
            if (!FieldTable.versions(group, manifest.kind()).isEmpty()) {
                name(manifest, group.isEmpty() && WITHOUT_DOTS.contains(manifest.kind()), report);
            }
            if (!manifest.namespace().isEmpty() && !isPart(manifest.namespace())) {
                report.add(
                        LintCode.BAD_NAME,
                        manifest,
                        "metadata.namespace",
                        "'" + Values.shown(manifest.namespace()) + "' is no name that a namespace can have",
                        "use at most " + LABEL + " lower-case letters, digits and '-', a letter or digit at both ends");
            }
            manifest.labels().forEach((key, value) -> label(manifest, key, value, report));
        }
    }

    private static void name(Manifest manifest, boolean plain, Report report) {
        String name = manifest.name();
        boolean good = plain ? isPart(name) : isDomain(name);
        if (!good) {
            report.add(
                    LintCode.BAD_NAME,
                    manifest,
                    "metadata.name",
                    "'" + Values.shown(name) + "' is no name that a " + manifest.kind() + " can have",
                    "use at most " + (plain ? LABEL : DOMAIN) + " lower-case letters, digits and "
                            + (plain ? "'-'" : "'-', with '.' between parts")
                            + ", a letter or digit at both ends");
        }
    }

    private static void label(Manifest manifest, String key, String value, Report report) {
        int slash = key.indexOf('/');
        boolean prefixed = slash < 0 || isDomain(key.substring(0, slash));
        if (!prefixed || !isWord(key.substring(slash + 1))) {
            report.add(
                    LintCode.BAD_LABEL,
                    manifest,
                    "metadata.labels",
                    "'" + Values.shown(key) + "' is no name that a label can have",
                    "use at most " + LABEL + " " + LETTERS + ", behind a domain and a '/' if there is one");
        }
        if (!value.isEmpty() && !isWord(value)) {
            report.add(
                    LintCode.BAD_LABEL,
                    manifest,
                    "metadata.labels." + Values.shown(key),
                    "'" + Values.shown(value) + "' is no value that a label can have",
                    "use at most " + LABEL + " " + LETTERS + ", or an annotation");
        }
    }

    /** A part of a DNS name, in lower case. */
    private static boolean isPart(String text) {
        return text.length() <= LABEL && isWord(text) && text.chars().allMatch(Names::isLow);
    }

    private static boolean isLow(int c) {
        return c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '-';
    }

    /** Parts of a DNS name; only the whole is bounded. */
    private static boolean isDomain(String text) {
        return text.length() <= DOMAIN
                && List.of(text.split("\\.", -1)).stream()
                        .allMatch(part -> part.chars().allMatch(Names::isLow)
                                && !part.isEmpty()
                                && !part.startsWith("-")
                                && !part.endsWith("-"));
    }

    private static boolean isWord(String text) {
        return !text.isEmpty()
                && text.length() <= LABEL
                && isLetter(text.charAt(0))
                && isLetter(text.charAt(text.length() - 1))
                && text.chars().allMatch(c -> isLetter(c) || c == '-' || c == '_' || c == '.');
    }

    private static boolean isLetter(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
