package dev.lintel.graphql.openapi;

import java.util.Arrays;
import java.util.Set;

/** What each keyword of a schema becomes, so that none is passed over in silence. */
final class Keywords {
    /** Read by {@link Flattener} and {@link SchemaReader}. */
    static final Set<String> MAPPED = words(
            "$ref type nullable x-nullable properties required items additionalProperties"
                    + " prefixItems allOf oneOf anyOf enum const format readOnly writeOnly discriminator default deprecated description");

    /** What says nothing about values. */
    static final Set<String> ANNOTATIONS =
            words("title example examples externalDocs xml $schema $id $comment $defs definitions $anchor id summary");

    /** What narrows values, which GraphQL cannot say. */
    static final Set<String> CONSTRAINTS = words(
            "minimum maximum exclusiveMinimum exclusiveMaximum multipleOf minLength"
                    + " maxLength pattern minItems maxItems uniqueItems minProperties maxProperties contains minContains maxContains"
                    + " dependentRequired dependencies dependentSchemas propertyNames patternProperties not if then else"
                    + " unevaluatedProperties unevaluatedItems contentEncoding contentMediaType contentSchema additionalItems");

    private final Losses losses;

    Keywords(Losses losses) {
        this.losses = losses;
    }

    /** Lists what is not mapped of the schema at a place. */
    void account(At at) {
        if (at.isReference()) {
            return;
        }
        at.node().fieldNames().forEachRemaining(word -> {
            if (CONSTRAINTS.contains(word)) {
                losses.unchecked(at, word);
            } else if (!MAPPED.contains(word) && !ANNOTATIONS.contains(word) && !word.startsWith("x-")) {
                losses.unused(at, word, "is no keyword of a schema");
            }
        });
    }

    private static Set<String> words(String text) {
        return Set.copyOf(Arrays.asList(text.split(" ")));
    }
}
