package dev.lintel.graphql.expose;

import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Who may ask for the schema. Whoever may sees the fields alone that it may ask for.
 *
 * @param mode who
 * @param scope that a token must have; null unless the mode is {@link Mode#SCOPE}
 */
public record GraphIntrospection(Mode mode, @Nullable String scope) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.introspection/v1";

    /** Everybody who may enter: what holds where nothing is said. */
    public static final GraphIntrospection EVERYBODY = new GraphIntrospection(Mode.EVERYBODY, null);
    /** Nobody. */
    public static final GraphIntrospection OFF = new GraphIntrospection(Mode.OFF, null);

    /** Who may ask for the schema. */
    public enum Mode {
        /** Everybody who may enter. */
        EVERYBODY,
        /** Those with a scope. */
        SCOPE,
        /** Nobody. */
        OFF
    }

    /** Checks that there is a scope exactly where one is asked for. */
    public GraphIntrospection {
        Objects.requireNonNull(mode, "mode");
        if ((mode == Mode.SCOPE) != (scope != null && !scope.isBlank())) {
            throw new IllegalArgumentException("introspection names a scope exactly where one is asked for");
        }
    }

    /**
     * Those whose token has a scope.
     *
     * @param scope the scope
     * @return the policy
     */
    public static GraphIntrospection forScope(String scope) {
        return new GraphIntrospection(Mode.SCOPE, scope);
    }

    Requirement requirement() {
        if (scope != null) {
            return new Requirement.Token(List.of(new Grant(List.of(scope), List.of())));
        }
        return mode == Mode.OFF ? Requirement.DENIED : Requirement.PUBLIC;
    }

    @Override
    public String kind() {
        return KIND;
    }
}
