package dev.lintel.auth.register;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a server knows about a client as far as it is managed here: plain texts, because a server may know what has no name
 * here. Holds no secret. Lists are sets: sorted, each entry once.
 *
 * @param grants the grant types
 * @param scopes the scopes that the client may ask for
 * @param audiences those whom its tokens may name
 * @param redirects where answers to logins may be sent
 * @param proof the authentication method at the token endpoint
 * @param keys where the client publishes its keys; null for nowhere
 * @param tokens the form of its access tokens: {@code jwt}, or what else the server says
 */
public record ClientFacts(
        List<String> grants,
        List<String> scopes,
        List<String> audiences,
        List<String> redirects,
        String proof,
        @Nullable String keys,
        String tokens) {
    /** The form of access tokens that definitions ask for (RFC 9068). */
    public static final String JWT = "jwt";

    /** Sorts the lists. */
    public ClientFacts {
        grants = sorted(grants);
        scopes = sorted(scopes);
        audiences = sorted(audiences);
        redirects = sorted(redirects);
    }

    /**
     * The metadata as a plan shows it.
     *
     * @return one line for each entry, so that a diff names what changes
     */
    public String text() {
        StringBuilder text = new StringBuilder();
        list(text, "grants", grants);
        list(text, "scopes", scopes);
        list(text, "audiences", audiences);
        list(text, "redirects", redirects);
        text.append("authenticates by ").append(proof).append('\n');
        if (keys != null) {
            text.append("keys at ").append(keys).append('\n');
        }
        return text.append("access tokens are ").append(tokens).append('\n').toString();
    }

    private static void list(StringBuilder text, String name, List<String> entries) {
        if (!entries.isEmpty()) {
            text.append(name).append(":\n");
            entries.forEach(entry -> text.append("  ").append(entry).append('\n'));
        }
    }

    private static List<String> sorted(Collection<String> entries) {
        return Collections.unmodifiableList(new ArrayList<>(new TreeSet<>(entries)));
    }
}
