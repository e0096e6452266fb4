package dev.lintel.graphql.model;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A type with an id, to which others refer. */
public sealed interface Definition {
    /**
     * What it is known by inside the model.
     *
     * @return a JSON pointer, in which order numbers are replaced by names
     */
    String id();

    /**
     * What it would be called best.
     *
     * @return a word, not yet a GraphQL name and not unique
     */
    String hint();

    /**
     * What the document says about it.
     *
     * @return in Markdown, may be empty
     */
    String description();

    /**
     * An object with known properties.
     *
     * @param id as {@link Definition#id}
     * @param hint as {@link Definition#hint}
     * @param description as {@link Definition#description}
     * @param properties at least one, sorted by name
     * @param subtypes ids of the objects that are of this type and say more, sorted; none for most
     * @param discriminator what tells them apart, if it is said
     */
    record Fields(
            String id,
            String hint,
            String description,
            List<Property> properties,
            List<String> subtypes,
            @Nullable Discriminator discriminator)
            implements Definition {
        /** Keeps copies. */
        public Fields {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(hint, "hint");
            Objects.requireNonNull(description, "description");
            properties = List.copyOf(properties);
            subtypes = List.copyOf(subtypes);
        }

        /**
         * The properties that go one way.
         *
         * @param way {@code IN} as clients send them, {@code OUT} as services do
         * @return sorted by name
         */
        public List<Property> properties(Property.Direction way) {
            return properties.stream()
                    .filter(property -> property.direction() == Property.Direction.BOTH || property.direction() == way)
                    .toList();
        }
    }

    /**
     * One text of several.
     *
     * @param id as {@link Definition#id}
     * @param hint as {@link Definition#hint}
     * @param description as {@link Definition#description}
     * @param values as in JSON, at least one, sorted, each once
     */
    record Choice(String id, String hint, String description, List<String> values) implements Definition {
        /** Keeps a copy. */
        public Choice {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(hint, "hint");
            Objects.requireNonNull(description, "description");
            values = List.copyOf(values);
        }
    }

    /**
     * One object of several types.
     *
     * @param id as {@link Definition#id}
     * @param hint as {@link Definition#hint}
     * @param description as {@link Definition#description}
     * @param members ids of {@link Fields}, at least two, sorted, each once
     * @param discriminator what tells them apart, if it is said
     */
    record Variants(
            String id,
            String hint,
            String description,
            List<String> members,
            @Nullable Discriminator discriminator) implements Definition {
        /** Keeps a copy. */
        public Variants {
            Objects.requireNonNull(id, "id");
            Objects.requireNonNull(hint, "hint");
            Objects.requireNonNull(description, "description");
            members = List.copyOf(members);
        }
    }
}
