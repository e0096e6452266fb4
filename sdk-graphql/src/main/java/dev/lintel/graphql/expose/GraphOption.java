package dev.lintel.graphql.expose;

import dev.lintel.core.match.PathPattern;
import dev.lintel.graphql.schema.Maps;
import dev.lintel.graphql.schema.Nullability;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A choice about a graph that has one word for an answer.
 *
 * @param option what is chosen about
 * @param value what is chosen
 */
public record GraphOption(Option option, String value) implements GraphPolicy {
    /** The kind under which it is stored. */
    public static final String KIND = "graphql.option/v1";

    /** What can be chosen. */
    public enum Option {
        /** Where it is served: a path of letters, digits, {@code -} and {@code _}; {@code /graphql} unless said. */
        PATH,
        /** {@code true} for a page to try queries; {@code false} unless said. */
        GRAPHIQL,
        /** A {@link Nullability} in lower-case words with hyphens; {@code as-documented} unless said. */
        NULLABILITY,
        /** A {@link Maps} in lower case; {@code entries} unless said. */
        MAPS
    }

    /** Checks that the value is one of the option's. */
    public GraphOption {
        Objects.requireNonNull(option, "option");
        Objects.requireNonNull(value, "value");
        switch (option) {
            case PATH -> {
                boolean plain = value.matches("(/[-_A-Za-z0-9]+){1,8}");
                if (!plain || !PathPattern.parse(value).toString().equals(value)) {
                    throw new IllegalArgumentException("a graph is served at a path such as '/graphql', of letters,"
                            + " digits, '-' and '_', but was '" + value + "'");
                }
            }
            case GRAPHIQL -> oneOf(option, value, List.of("true", "false"));
            case NULLABILITY -> oneOf(option, value, words(Nullability.values()));
            case MAPS -> oneOf(option, value, words(Maps.values()));
        }
    }

    static GraphOption of(Option option, Enum<?> value) {
        return new GraphOption(option, word(value));
    }

    /** The constant whose word is the value. */
    <E extends Enum<E>> E constant(Class<E> type) {
        return Enum.valueOf(type, value.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    private static void oneOf(Option option, String value, List<String> known) {
        if (!known.contains(value)) {
            throw new IllegalArgumentException(option.name().toLowerCase(Locale.ROOT) + " must be one of "
                    + String.join(", ", known) + ", but was '" + value + "'");
        }
    }

    private static List<String> words(Enum<?>[] constants) {
        return Arrays.stream(constants).map(GraphOption::word).toList();
    }

    private static String word(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public String key() {
        return option.name().toLowerCase(Locale.ROOT);
    }
}
