package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Discriminator;
import dev.lintel.graphql.model.Property;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Which one of several types an object is of: by the discriminator if there is one and it is known, else the type all of
 * whose required properties are there, and of which the object knows most.
 */
public final class VariantOf {
    private final Map<String, Definition.Fields> types;
    private final @Nullable Discriminator discriminator;

    /**
     * Tells some types apart.
     *
     * @param types objects by ids
     * @param discriminator what tells them apart, null if it is not said
     */
    public VariantOf(Map<String, Definition.Fields> types, @Nullable Discriminator discriminator) {
        this.types = types;
        this.discriminator = discriminator;
    }

    /**
     * What tells the types of a definition apart.
     *
     * @param definition of variants, or of an object with subtypes
     * @return null if it is not said
     */
    public static @Nullable Discriminator discriminator(Definition definition) {
        if (definition instanceof Definition.Variants variants) {
            return variants.discriminator();
        }
        return definition instanceof Definition.Fields fields ? fields.discriminator() : null;
    }

    /**
     * Of which type an object is.
     *
     * @param value as services answer it
     * @return the id of the type, or null if it can be none
     */
    public @Nullable String of(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> object)) {
            return null;
        }
        if (discriminator != null && object.get(discriminator.property()) instanceof String said) {
            String id = discriminator.types().get(said);
            if (id != null && types.containsKey(id)) {
                return id;
            }
        }
        String best = null;
        int most = Integer.MIN_VALUE;
        for (Map.Entry<String, Definition.Fields> type : types.entrySet()) {
            int score = score(type.getValue(), object);
            if (score > most) {
                most = score;
                best = type.getKey();
            }
        }
        return best;
    }

    /** Known properties count for a type; each required one that is missing counts more than all of them. */
    private static int score(Definition.Fields type, Map<?, ?> object) {
        int score = 0;
        int known = 0;
        for (Property property : type.properties()) {
            boolean there = object.containsKey(property.name());
            known += there ? 1 : 0;
            score -= !there && property.required() && property.direction() != Property.Direction.IN ? 10_000 : 0;
        }
        int strange = object.size() - known;
        return score + known - strange;
    }
}
