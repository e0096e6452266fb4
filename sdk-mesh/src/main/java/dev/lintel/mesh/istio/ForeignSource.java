package dev.lintel.mesh.istio;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who a rule of a policy of anybody is about, asked of a request that comes through the gateway.
 *
 * @param applies whether it can be about such a request at all
 * @param known whether everything that it asks is understood
 * @param tokens patterns of issuer and subject of which the token must have one; empty if none is asked for
 * @param without patterns of issuer and subject of which no token may be there; empty for nothing
 */
record ForeignSource(boolean applies, boolean known, List<String> tokens, List<String> without) {
    static final ForeignSource ANYBODY = new ForeignSource(true, true, List.of(), List.of());

    ForeignSource {
        tokens = List.copyOf(tokens);
        without = List.copyOf(without);
    }

    /**
     * Reads a {@code source}.
     *
     * @param principal the identity of the gateway, as the workload sees it; null where the gateway itself is asked
     */
    static ForeignSource read(Fields source, @Nullable String principal) {
        source.skipBare();
        String namespace = principal == null ? "" : principal.split("/", -1)[2];
        boolean applies = any(source, "principals", principal == null ? "" : principal, true)
                && any(source, "namespaces", namespace, true)
                && any(source, "notPrincipals", principal == null ? "" : principal, false)
                && any(source, "notNamespaces", namespace, false)
                && account(source, "serviceAccounts", principal, true)
                && account(source, "notServiceAccounts", principal, false);
        List<String> tokens = source.texts("requestPrincipals");
        List<String> without = source.texts("notRequestPrincipals");
        boolean known = source.isEmpty();
        for (String name : applies ? source.names() : List.<String>of()) {
            source.problem(name + " is no condition that can be said here");
        }
        return new ForeignSource(applies, known, tokens, without);
    }

    private static boolean any(Fields source, String name, String value, boolean meant) {
        if (!source.has(name)) {
            return true;
        }
        List<String> patterns = new ArrayList<>(source.texts(name));
        boolean found = patterns.stream().anyMatch(pattern -> matches(pattern, value));
        // An empty list is as if it were not there.
        return patterns.isEmpty() || found == meant;
    }

    /** Accounts are named with their namespace, or alone where they live beside the policy. */
    private static boolean account(Fields source, String name, @Nullable String principal, boolean meant) {
        if (!source.has(name)) {
            return true;
        }
        String[] parts = principal == null ? new String[0] : principal.split("/", -1);
        String namespace = parts.length < 5 ? "" : parts[2];
        String account = parts.length < 5 ? "" : parts[4];
        List<String> accounts = source.texts(name);
        boolean found = accounts.stream()
                .anyMatch(one -> one.equals(namespace + "/" + account)
                        || one.equals(account) && !account.isEmpty() && source.isIn(namespace));
        return accounts.isEmpty() || found == meant;
    }

    /** Whether a value is meant: exact, by its beginning, by its end, or any that is there. */
    static boolean matches(String pattern, String value) {
        if (pattern.equals("*")) {
            return !value.isEmpty();
        }
        if (pattern.endsWith("*")) {
            return value.startsWith(pattern.substring(0, pattern.length() - 1));
        }
        return pattern.startsWith("*") ? value.endsWith(pattern.substring(1)) : value.equals(pattern);
    }
}
