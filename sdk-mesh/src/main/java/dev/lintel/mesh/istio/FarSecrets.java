package dev.lintel.mesh.istio;

import dev.lintel.core.Problem;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.ObjectNames;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Certificates for services elsewhere. The gateway reads them from one secret of its own namespace, under names that Istio
 * has given; a secret that is kept so is named, and of any other a copy must be made, by a command that shows no value.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings">Istio,
 *     ClientTLSSettings</a>
 */
final class FarSecrets {
    static final String CA = "ca.crt";
    static final String CERTIFICATE = "tls.crt";
    static final String KEY = "tls.key";

    private FarSecrets() {}

    static boolean areAsked(Elsewhere elsewhere) {
        Elsewhere.Tls tls = elsewhere.tls();
        return tls != null && !refs(tls).isEmpty();
    }

    /** By the name that Istio gives them. */
    private static Map<String, SecretRef> refs(Elsewhere.Tls tls) {
        Map<String, SecretRef> refs = new LinkedHashMap<>();
        put(refs, CA, tls.ca());
        put(refs, CERTIFICATE, tls.certificate());
        put(refs, KEY, tls.key());
        return refs;
    }

    private static void put(Map<String, SecretRef> refs, String key, @Nullable SecretRef ref) {
        if (ref != null) {
            refs.put(key, ref);
        }
    }

    /** The name of the secret in the gateway's namespace. */
    static String name(IstioDialect dialect, ApiModel api, Elsewhere.Tls tls) {
        SecretRef first = refs(tls).values().iterator().next();
        boolean asItIs = refs(tls).entrySet().stream()
                .allMatch(entry -> entry.getValue()
                        .equals(new SecretRef(dialect.ingress().namespace(), first.name(), entry.getKey())));
        return asItIs ? first.name() : ObjectNames.fitting(api.name() + "." + api.namespace(), ".elsewhere");
    }

    /** Where the values are kept of which the gateway's secret is a copy; empty if it is none. */
    static Map<String, String> notes(IstioDialect dialect, ApiModel api) {
        Elsewhere elsewhere = api.service().traffic().elsewhere();
        Elsewhere.Tls tls = elsewhere == null ? null : elsewhere.tls();
        if (tls == null || refs(tls).isEmpty()) {
            return Map.of();
        }
        String name = name(dialect, api, tls);
        boolean copied = refs(tls).values().stream().anyMatch(ref -> !ref.name().equals(name));
        return copied
                ? Map.of(
                        Meta.SECRETS,
                        refs(tls).entrySet().stream()
                                .map(entry -> entry.getKey() + "=" + entry.getValue())
                                .collect(Collectors.joining(",")))
                : Map.of();
    }

    /** What of the three a note says; empty where it cannot be read. */
    static Map<String, SecretRef> read(String note) {
        Map<String, SecretRef> refs = new LinkedHashMap<>();
        for (String each : note.split(",", 4)) {
            String[] parts = each.split("[=/]", -1);
            if (parts.length == 4) {
                try {
                    refs.put(parts[0], new SecretRef(parts[1], parts[2], parts[3]));
                } catch (IllegalArgumentException e) {
                    return Map.of();
                }
            }
        }
        return refs;
    }

    /** What cannot be done, and why. */
    static Optional<String> refused(Elsewhere.Tls tls) {
        if ((tls.certificate() == null) != (tls.key() == null)) {
            return Optional.of("needs a certificate and its key");
        }
        return tls.certificate() != null && tls.ca() == null
                ? Optional.of("shows a certificate only where it is said which authority vouches for the far side")
                : Optional.empty();
    }

    /** The secrets that must be there. */
    static List<Problem> prerequisites(IstioDialect dialect, MeshModel model) {
        List<Problem> found = new ArrayList<>();
        for (ApiModel api : model.apis()) {
            Elsewhere elsewhere = api.service().traffic().elsewhere();
            Elsewhere.Tls tls = elsewhere == null ? null : elsewhere.tls();
            if (elsewhere != null && tls != null && areAsked(elsewhere)) {
                String name = name(dialect, api, tls);
                String where = dialect.ingress().namespace();
                found.add(new Problem(
                        "istio.elsewhere-secret",
                        api.id(),
                        "the gateway needs the secret '" + name + "' in '" + where + "' with "
                                + refs(tls).keySet()
                                + "; while it is not there, every request for the service elsewhere is answered 503",
                        notes(dialect, api).isEmpty()
                                ? "compare with: kubectl -n " + where + " describe secret " + name
                                : copy(name, where, refs(tls)),
                        elsewhere.origin()));
            }
        }
        return found;
    }

    private static String copy(String name, String where, Map<String, SecretRef> refs) {
        StringBuilder command = new StringBuilder(256)
                .append("make it, and again whenever one changes:\n        kubectl -n ")
                .append(where)
                .append(" create secret generic ")
                .append(name);
        refs.forEach((key, ref) -> command.append(" \\\n          --from-file=")
                .append(key)
                .append("=<(kubectl -n ")
                .append(ref.namespace())
                .append(" get secret ")
                .append(ref.name())
                .append(" -o jsonpath='{.data.")
                .append(ref.key().replace(".", "\\."))
                .append("}' | base64 -d)"));
        return command.toString();
    }
}
