package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.Map;
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
    /** Of the labels of one object; more of them tell nothing more. */
    private static final int MOST = 50;
    /** Kinds whose names are part of a host. */
    private static final Set<String> WITHOUT_DOTS = Set.of("Service", "Namespace");

    private static final String LETTERS = "letters, digits, '-', '_' and '.', a letter or digit at both ends";

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest manifest : scene.all()) {
            boolean plain = manifest.apiVersion().equals("v1") && WITHOUT_DOTS.contains(manifest.kind());
            boolean good = plain ? isPart(manifest.name()) : isDomain(manifest.name());
            if (!good && FieldTable.isKnown(manifest.apiVersion(), manifest.kind())) {
                name(manifest, plain, report);
            }
            if (!manifest.namespace().isEmpty() && !isPart(manifest.namespace())) {
                report.add(
                        LintCode.BAD_NAME,
                        manifest,
                        "metadata.namespace",
                        "'" + Values.shown(manifest.namespace()) + "' is no name that a namespace can have",
                        "use at most " + LABEL + " lower-case letters, digits and '-', a letter or digit at both ends");
            }
            int left = MOST;
            for (Map.Entry<String, String> label : manifest.labels().entrySet()) {
                if (left > 0 && !label(manifest, label.getKey(), label.getValue(), report)) {
                    left--;
                }
            }
        }
    }

    private static void name(Manifest manifest, boolean plain, Report report) {
        report.add(
                LintCode.BAD_NAME,
                manifest,
                "metadata.name",
                "'" + Values.shown(manifest.name()) + "' is no name that a " + manifest.kind() + " can have",
                "use at most " + (plain ? LABEL : DOMAIN) + " lower-case letters, digits and "
                        + (plain ? "'-'" : "'-', with '.' between parts")
                        + ", a letter or digit at both ends");
    }

    /** Answers whether it is good. */
    private static boolean label(Manifest manifest, String key, String value, Report report) {
        int slash = key.indexOf('/');
        boolean named = (slash < 0 || isDomain(key.substring(0, slash))) && isWord(key.substring(slash + 1));
        boolean good = value.isEmpty() || isWord(value);
        if (!named) {
            report.add(
                    LintCode.BAD_LABEL,
                    manifest,
                    "metadata.labels",
                    "'" + Values.shown(key) + "' is no name that a label can have",
                    "use at most " + LABEL + " " + LETTERS + ", behind a domain and a '/' if there is one");
        }
        if (!good) {
            report.add(
                    LintCode.BAD_LABEL,
                    manifest,
                    "metadata.labels." + Values.shown(key),
                    "'" + Values.shown(value) + "' is no value that a label can have",
                    "use at most " + LABEL + " " + LETTERS + ", or an annotation");
        }
        return named && good;
    }

    /** A part of a DNS name, in lower case. */
    private static boolean isPart(String text) {
        return text.length() <= LABEL && text.indexOf('.') < 0 && isDomain(text);
    }

    /** Parts of a DNS name in lower case; only the whole is bounded. */
    private static boolean isDomain(String text) {
        int length = text.length();
        boolean inside = false;
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            boolean sign = c == '-' || c == '.';
            if (sign && !inside || !sign && !(c >= 'a' && c <= 'z' || c >= '0' && c <= '9')) {
                return false;
            }
            if (c == '.' && text.charAt(i - 1) == '-') {
                return false;
            }
            inside = c != '.';
        }
        return length > 0 && length <= DOMAIN && inside && text.charAt(length - 1) != '-';
    }

    private static boolean isWord(String text) {
        int length = text.length();
        if (length == 0 || length > LABEL || !isLetter(text.charAt(0)) || !isLetter(text.charAt(length - 1))) {
            return false;
        }
        for (int i = 1; i < length - 1; i++) {
            char c = text.charAt(i);
            if (!isLetter(c) && c != '-' && c != '_' && c != '.') {
                return false;
            }
        }
        return true;
    }

    private static boolean isLetter(char c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }
}
