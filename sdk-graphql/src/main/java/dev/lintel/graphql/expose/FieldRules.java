package dev.lintel.graphql.expose;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import dev.lintel.graphql.expose.FieldDecision.Why;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is asked at each field of a graph. The one place where it is decided who may ask for what. */
public final class FieldRules {
    /** The part of a graph that is its schema. */
    static final String SCHEMA = "__schema";

    /** The part that stands for documents that the definition does not know. */
    static final String DOCUMENTS = "__documents";

    private final SortedMap<String, Requirement> parts;

    /**
     * Rules.
     *
     * @param parts what is asked at each field, by type and field, for example {@code Mutation.refund}
     */
    public FieldRules(Map<String, Requirement> parts) {
        this.parts = Collections.unmodifiableSortedMap(new TreeMap<>(parts));
    }

    /**
     * What is asked at each field.
     *
     * @return by type and field; {@code __schema} for the schema itself, {@code __documents} for documents that are not known
     */
    public SortedMap<String, Requirement> parts() {
        return parts;
    }

    /**
     * Decides about a field.
     *
     * @param type the name of the type that has it
     * @param field its name
     * @param verified whether the caller has shown a token that was verified
     * @param scopes of that token
     * @return whether the caller may, and why; a field that is not known may be asked for by nobody
     */
    public FieldDecision decide(String type, String field, boolean verified, Collection<String> scopes) {
        return decide(type + "." + field, verified, scopes);
    }

    /**
     * Decides about the schema.
     *
     * @param verified whether the caller has shown a token that was verified
     * @param scopes of that token
     * @return whether the caller may ask for it, and why
     */
    public FieldDecision introspection(boolean verified, Collection<String> scopes) {
        return decide(SCHEMA, verified, scopes);
    }

    private FieldDecision decide(String part, boolean verified, Collection<String> scopes) {
        Requirement asks = parts.getOrDefault(part, Requirement.DENIED);
        if (asks instanceof Requirement.Public) {
            return new FieldDecision(part, asks, Why.OPEN, "nothing is asked");
        }
        if (!(asks instanceof Requirement.Token token)) {
            return new FieldDecision(part, asks, Why.DENIED, parts.containsKey(part) ? "nobody may" : "is not known");
        }
        if (!verified) {
            return new FieldDecision(part, asks, Why.NO_TOKEN, "asks for " + asks + ", and no token was shown");
        }
        for (Grant grant : token.anyOf()) {
            if (scopes.containsAll(grant.scopes())) {
                return new FieldDecision(part, asks, Why.GRANTED, "asks for " + asks + ", which the token has");
            }
        }
        return new FieldDecision(part, asks, Why.MISSING_SCOPE, "asks for " + asks + ", which the token has not");
    }

    /** What both ask together. */
    static Requirement both(Requirement one, Requirement other) {
        if (one instanceof Requirement.Token a && other instanceof Requirement.Token b) {
            List<Grant> grants = new ArrayList<>();
            a.anyOf()
                    .forEach(left -> b.anyOf().forEach(right -> {
                        List<String> scopes = new ArrayList<>(left.scopes());
                        right.scopes().stream()
                                .filter(scope -> !scopes.contains(scope))
                                .forEach(scopes::add);
                        grants.add(new Grant(scopes, List.of()));
                    }));
            return new Requirement.Token(grants);
        }
        if (one.equals(Requirement.DENIED) || other.equals(Requirement.DENIED)) {
            return Requirement.DENIED;
        }
        return one.equals(Requirement.PUBLIC) ? other : one;
    }
}
