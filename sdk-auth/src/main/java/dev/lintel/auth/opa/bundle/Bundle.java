package dev.lintel.auth.opa.bundle;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Policies and data in the form in which OPA fetches them: a tar archive in gzip with a manifest, and a signature if it is
 * wanted. The same files give the same bytes, except that ES256 signs with chance. Nothing is fetched or run.
 *
 * @param name the bundle's name, the last part of its address
 * @param files contents by path: {@code .rego} files, written in Rego v1, and {@code data.json} in the folder where its data
 *     will be
 * @param roots which parts of OPA's documents it owns, for example {@code envoy/authz}
 * @see <a href="https://www.openpolicyagent.org/docs/management-bundles">OPA, Bundles</a>
 */
public record Bundle(String name, Map<String, String> files, List<String> roots) {
    static final int MOST_FILES = 1_000;
    static final int MOST_BYTES = 64 * 1024 * 1024;

    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-][A-Za-z0-9._-]*(/[A-Za-z0-9_-][A-Za-z0-9._-]*)*");
    private static final Pattern ROOT = Pattern.compile("[A-Za-z_][A-Za-z0-9_-]*(/[A-Za-z_][A-Za-z0-9_-]*)*");

    /** Checks names, paths and limits; sorts the files, and brings data into the form that is hashed. */
    public Bundle {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a bundle's name must be 1 to 63 lower-case letters, digits, '.', '_' and" + " '-', but was '"
                            + name + "'");
        }
        if (files.isEmpty() || files.size() > MOST_FILES) {
            throw new IllegalArgumentException(
                    "a bundle must have 1 to " + MOST_FILES + " files, but '" + name + "' has " + files.size());
        }
        Map<String, String> sorted = new TreeMap<>();
        files.forEach((path, text) ->
                sorted.put(checked(path), path.endsWith(".json") ? CanonicalJson.of(path, text) : text));
        long bytes = sorted.values().stream()
                .mapToLong(text -> text.getBytes(StandardCharsets.UTF_8).length)
                .sum();
        if (bytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a bundle must have at most " + MOST_BYTES + " bytes, but '" + name + "' has " + bytes);
        }
        files = Collections.unmodifiableMap(new LinkedHashMap<>(sorted));
        List<String> needed = Roots.of(files);
        roots = List.copyOf(roots);
        for (String root : roots) {
            if (!ROOT.matcher(root).matches() || roots.stream().anyMatch(other -> other.startsWith(root + "/"))) {
                throw new IllegalArgumentException(
                        "a root must be names joined by '/', none below another one, but was '" + root + "'");
            }
        }
        for (String root : needed) {
            if (roots.stream().noneMatch(wide -> root.equals(wide) || root.startsWith(wide + "/"))) {
                throw new IllegalArgumentException(
                        "'" + root + "' must be at or below one of the roots of '" + name + "', which are " + roots);
            }
        }
    }

    /**
     * A bundle of what is below a folder, or of one file. Tests ({@code _test.rego}) and other files are left out, and links
     * are not followed.
     *
     * @param name the bundle's name
     * @param place a folder, or a {@code .rego} file
     * @return a bundle that owns the packages of its policies and the folders of its data
     */
    public static Bundle of(String name, Path place) {
        return of(name, BundleFiles.read(place));
    }

    /**
     * A bundle of some files.
     *
     * @param name the bundle's name
     * @param files contents by path
     * @return a bundle that owns the packages of its policies and the folders of its data
     */
    public static Bundle of(String name, Map<String, String> files) {
        files.keySet().forEach(path -> {
            var unused = checked(path);
        });
        return new Bundle(name, files, files.isEmpty() ? List.of() : Roots.of(new TreeMap<>(files)));
    }

    /**
     * The same bundle, owning other parts.
     *
     * @param all for example {@code envoy}
     * @return a new value
     */
    public Bundle roots(String... all) {
        return new Bundle(name, files, List.of(all));
    }

    /**
     * What tells two contents apart.
     *
     * @return a SHA-256 of all files and roots, in hexadecimal
     */
    public String revision() {
        MessageDigest digest = sha256();
        roots.forEach(root -> digest.update((root + '\0').getBytes(StandardCharsets.UTF_8)));
        files.forEach((path, text) -> {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            digest.update((path + '\0' + bytes.length + '\0').getBytes(StandardCharsets.UTF_8));
            digest.update(bytes);
        });
        return HexFormat.of().formatHex(digest.digest());
    }

    /**
     * The bundle without a signature.
     *
     * @return a tar archive in gzip
     */
    public byte[] bytes() {
        return Tar.gzip(contents());
    }

    /**
     * The bundle with a signature over every file.
     *
     * @param signer whose key OPA knows
     * @return a tar archive in gzip
     */
    public byte[] bytes(BundleSigner signer) {
        Map<String, byte[]> contents = contents();
        StringBuilder payload = new StringBuilder("{\"files\":[");
        String before = "";
        for (Map.Entry<String, byte[]> file : contents.entrySet()) {
            String hash = HexFormat.of().formatHex(sha256().digest(file.getValue()));
            payload.append(before)
                    .append("{\"name\":\"")
                    .append(file.getKey())
                    .append("\",\"hash\":\"")
                    .append(hash)
                    .append("\",\"algorithm\":\"SHA-256\"}");
            before = ",";
        }
        String jwt = signer.sign(payload.append("]}").toString());
        contents.put(".signatures.json", ("{\"signatures\":[\"" + jwt + "\"]}").getBytes(StandardCharsets.US_ASCII));
        return Tar.gzip(contents);
    }

    private Map<String, byte[]> contents() {
        Map<String, byte[]> contents = new LinkedHashMap<>();
        String manifest = "{\"rego_version\":1,\"revision\":\"" + revision() + "\",\"roots\":["
                + String.join(",", roots.stream().map(CanonicalJson::quoted).toList()) + "]}";
        contents.put(".manifest", manifest.getBytes(StandardCharsets.UTF_8));
        files.forEach((path, text) -> contents.put(path, text.getBytes(StandardCharsets.UTF_8)));
        return contents;
    }

    private static String checked(String path) {
        if (path.length() > Tar.LONGEST_NAME || !PATH.matcher(path).matches()) {
            throw new IllegalArgumentException("a path in a bundle must be names of letters, digits, '.', '_' and '-'"
                    + " joined by '/', none beginning with '.', 100 characters at most, but was '" + path + "'");
        }
        String file = path.substring(path.lastIndexOf('/') + 1);
        if (!file.endsWith(".rego") && !file.equals("data.json")) {
            throw new IllegalArgumentException("a bundle must have only .rego files and data.json, but has '" + path
                    + "': write data as data.json");
        }
        return path;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    /** Its name and revision. */
    @Override
    public String toString() {
        return "bundle '" + name + "' " + revision();
    }
}
