package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Identities as one value of a policy names them: a workload, all of a namespace, or everybody who has one.
 *
 * @param namespace whose workloads; null for any
 * @param account which of them; null for any
 * @see <a href="https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source">Istio, Source</a>
 */
record Who(@Nullable String namespace, @Nullable String account) {
    private static final Who ANYBODY = new Who(null, null);
    private static final Pattern PRINCIPAL = Pattern.compile("([^/]+)/ns/([^/*]+)/(?:sa/([^/*]+)|\\*|sa/\\*)");
    /** What a mesh takes for its own trust domain, whatever that is called. */
    private static final String ALIAS = "cluster.local";

    /** A value of {@code principals}; empty if it is neither a workload of the mesh nor all of a namespace. */
    static Optional<Who> principal(String text, String trustDomain) {
        if (text.equals("*")) {
            return Optional.of(ANYBODY);
        }
        Matcher parts = PRINCIPAL.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        String domain = parts.group(1);
        boolean anyDomain = domain.equals("*") && parts.group(3) != null;
        boolean ours = domain.equals(trustDomain) || domain.equals(ALIAS) || anyDomain;
        return ours ? named(parts.group(2), parts.group(3)) : Optional.empty();
    }

    /** A value of {@code namespaces}. */
    static Optional<Who> namespace(String text) {
        return text.equals("*") ? Optional.of(ANYBODY) : named(text, null);
    }

    /** A value of {@code serviceAccounts}: {@code name}, or {@code namespace/name}. */
    static Optional<Who> serviceAccount(String text, String own) {
        int slash = text.indexOf('/');
        return slash < 0 ? named(own, text) : named(text.substring(0, slash), text.substring(slash + 1));
    }

    private static Optional<Who> named(String namespace, @Nullable String account) {
        try {
            Peer peer = new Peer(namespace, account);
            return Optional.of(new Who(peer.namespace(), peer.name()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    boolean includes(Peer who) {
        return (namespace == null || namespace.equals(who.namespace()))
                && (account == null || account.equals(who.name()));
    }

    static boolean any(List<Who> some, Peer who) {
        for (Who one : some) {
            if (one.includes(who)) {
                return true;
            }
        }
        return false;
    }
}
