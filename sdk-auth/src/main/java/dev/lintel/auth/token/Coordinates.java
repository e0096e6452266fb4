package dev.lintel.auth.token;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where a token lies among all others: everything that makes it another token if it differs. Tokens are kept under what was
 * <em>asked for</em>; what was granted is told beside. Two are equal if they say the same, in whatever order.
 *
 * <p>Holds no secret: name a subject by its identifier, and where there is only a token for it, by that token's
 * {@link AccessToken#id()}.
 */
public final class Coordinates {
    private static final String CLIENT = "client";

    private final NavigableMap<String, List<String>> parts;
    /** Lengths stand before values, so that no two of them read alike. */
    private final String canonical;

    private final int hash;

    private Coordinates(NavigableMap<String, List<String>> parts) {
        this.parts = parts;
        StringBuilder text = new StringBuilder();
        parts.forEach((name, values) -> {
            text.append(name).append('=').append(values.size());
            values.forEach(
                    value -> text.append(':').append(value.length()).append(':').append(value));
            text.append(';');
        });
        this.canonical = text.toString();
        this.hash = canonical.hashCode();
    }

    /**
     * The tokens of a client, where there are no others with the same name.
     *
     * @param client its name in messages; not blank
     * @return coordinates that say nothing else
     */
    public static Coordinates named(String client) {
        if (client.isBlank()) {
            throw new IllegalArgumentException("the name of a client must not be blank");
        }
        return new Coordinates(new TreeMap<>(Map.of(CLIENT, List.of(client))));
    }

    /**
     * The tokens that an issuer gives a client for a kind of grant.
     *
     * @param issuer its identifier, or its token endpoint
     * @param client the client's identifier
     * @param grant the {@code grant_type}
     * @return coordinates to which more can be said
     */
    public static Coordinates of(String issuer, String client, String grant) {
        return named(client).with("issuer", issuer).with("grant", grant);
    }

    /**
     * The same with scopes.
     *
     * @param scopes in any order
     * @return new coordinates
     */
    public Coordinates scopes(Collection<String> scopes) {
        return with("scope", new TreeSet<>(scopes).toArray(String[]::new));
    }

    /**
     * The same for audiences.
     *
     * @param audiences as they are sent
     * @return new coordinates
     */
    public Coordinates audiences(String... audiences) {
        return with("audience", audiences);
    }

    /**
     * The same for resources (RFC 8707).
     *
     * @param resources as they are sent
     * @return new coordinates
     */
    public Coordinates resources(Collection<URI> resources) {
        return with("resource", resources.stream().map(URI::toString).toArray(String[]::new));
    }

    /**
     * The same on behalf of somebody.
     *
     * @param subject an identifier
     * @return new coordinates
     */
    public Coordinates subject(String subject) {
        return with("subject", subject);
    }

    /**
     * The same, used by somebody for the subject (RFC 8693, 4.1).
     *
     * @param actor an identifier
     * @return new coordinates
     */
    public Coordinates actor(String actor) {
        return with("actor", actor);
    }

    /**
     * The same in a tenant.
     *
     * @param tenant its name
     * @return new coordinates
     */
    public Coordinates tenant(String tenant) {
        return with("tenant", tenant);
    }

    /**
     * The same with {@code authorization_details} (RFC 9396).
     *
     * @param digest of their JSON
     * @return new coordinates
     */
    public Coordinates details(String digest) {
        return with("details", digest);
    }

    /**
     * The same, bound to a key.
     *
     * @param thumbprint of the key (RFC 7638), the {@code jkt} of RFC 9449
     * @return new coordinates
     */
    public Coordinates key(String thumbprint) {
        return with("jkt", thumbprint);
    }

    /**
     * The same with anything else that makes another token.
     *
     * @param name what it is; a second time replaces the first
     * @param values in the order that matters
     * @return new coordinates
     */
    public Coordinates with(String name, String... values) {
        if (!name.matches("[a-z][a-z0-9_-]*")) {
            throw new IllegalArgumentException(
                    "a coordinate's name must be small letters, digits, - and _, but was '" + name + "'");
        }
        NavigableMap<String, List<String>> more = new TreeMap<>(parts);
        more.put(name, List.of(values));
        return new Coordinates(more);
    }

    /**
     * Whose tokens they are.
     *
     * @return the client's name
     */
    public String client() {
        return parts.getOrDefault(CLIENT, List.of("")).get(0);
    }

    /** The same for equal coordinates, and for no others. */
    String canonical() {
        return canonical;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other || other instanceof Coordinates that && canonical.equals(that.canonical);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("client '").append(client()).append('\'');
        parts.forEach((name, values) -> {
            if (!name.equals(CLIENT) && !values.isEmpty()) {
                text.append(' ').append(name).append(' ').append(String.join(",", values));
            }
        });
        return text.toString();
    }
}
