package dev.lintel.graphql.expose;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Who may ask for a field, beyond what the document asks for it.
 *
 * @param field type and field, for example {@code Mutation.refund}
 * @param asks what is asked
 * @param scopes all of which a token must have; for {@link Asks#SCOPES} alone
 */
public record GraphField(String field, Asks asks, List<String> scopes) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.field/v1";

    private static final Pattern COORDINATE = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*\\.[_A-Za-z][_0-9A-Za-z]*");

    /** What is asked of those who ask for the field. */
    public enum Asks {
        /** Any good token. */
        TOKEN,
        /** A token with scopes. */
        SCOPES,
        /** Nobody may. */
        DENIED
    }

    /** Checks the coordinate, and that there are scopes exactly where they are asked for. */
    public GraphField {
        Objects.requireNonNull(asks, "asks");
        if (field == null || !COORDINATE.matcher(field).matches()) {
            throw new IllegalArgumentException(
                    "a field is said as type and field, for example 'Mutation.refund', but was '" + field + "'");
        }
        scopes = scopes == null ? List.of() : List.copyOf(scopes);
        if (scopes.isEmpty() == (asks == Asks.SCOPES)) {
            throw new IllegalArgumentException("field '" + field + "' "
                    + (scopes.isEmpty()
                            ? "asks for scopes, but names none"
                            : "names scopes, but does not ask for them"));
        }
        if (scopes.stream().anyMatch(scope -> scope.isBlank() || scope.indexOf(' ') >= 0)
                || new TreeSet<>(scopes).size() < scopes.size()) {
            throw new IllegalArgumentException(
                    "the scopes of field '" + field + "' must be words, each said once, but were " + scopes);
        }
    }

    /** What it asks, in the words of the model. */
    Requirement requirement() {
        return switch (asks) {
            case TOKEN -> Requirement.TOKEN;
            case SCOPES -> new Requirement.Token(List.of(new Grant(scopes, List.of())));
            case DENIED -> Requirement.DENIED;
        };
    }

    String type() {
        return field.substring(0, field.indexOf('.'));
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return field;
    }
}
