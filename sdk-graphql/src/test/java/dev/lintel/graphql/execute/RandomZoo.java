package dev.lintel.graphql.execute;

import graphql.schema.GraphQLEnumType;
import graphql.schema.GraphQLFieldDefinition;
import graphql.schema.GraphQLInterfaceType;
import graphql.schema.GraphQLNamedOutputType;
import graphql.schema.GraphQLObjectType;
import graphql.schema.GraphQLScalarType;
import graphql.schema.GraphQLSchema;
import graphql.schema.GraphQLType;
import graphql.schema.GraphQLTypeUtil;
import graphql.schema.GraphQLUnionType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Random queries over a schema, valid unless two fields of one key differ, and random answers of the service. */
final class RandomZoo {
    static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /zoo: {get: {operationId: zoo, responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Zoo"}}}}}}}
              /pets:
                get:
                  operationId: pets
                  parameters:
                    - {name: limit, in: query, required: true, schema: {type: integer, format: int32}}
                    - {name: tags, in: query, schema: {type: array, items: {type: string}}}
                    - {name: wild, in: query, schema: {type: boolean, default: false}}
                  responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}}}
              /boxes: {get: {operationId: boxes, responses: {"200": {content: {application/json: {schema: {type: array, items: {type: array, items: {$ref: "#/components/schemas/Box"}}}}}}}}}
            components:
              schemas:
                Zoo:
                  type: object
                  required: [name, pets, boss]
                  properties:
                    name: {type: string}
                    boss: {$ref: "#/components/schemas/Keeper"}
                    pets: {type: array, items: {$ref: "#/components/schemas/Pet"}}
                    maybe: {type: array, items: {type: string, nullable: true}}
                    box: {$ref: "#/components/schemas/Box"}
                    labels: {type: object, additionalProperties: {$ref: "#/components/schemas/Keeper"}}
                    more: {}
                Keeper:
                  type: object
                  required: [first-name]
                  properties:
                    first-name: {type: string}
                    mood: {type: string, enum: [good, so-so, "true"]}
                    age: {type: integer, format: int32}
                    paid: {type: number}
                    pet: {$ref: "#/components/schemas/Pet"}
                Pet:
                  type: object
                  required: [kind, name]
                  properties: {kind: {type: string}, name: {type: string}, size: {type: integer, format: int64}, keeper: {$ref: "#/components/schemas/Keeper"}}
                  discriminator: {propertyName: kind, mapping: {dog: "#/components/schemas/Dog", cat: "#/components/schemas/Cat"}}
                Dog: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, required: [bark], properties: {bark: {type: string}, friends: {type: array, items: {$ref: "#/components/schemas/Pet"}}}}]}
                Cat: {allOf: [{$ref: "#/components/schemas/Pet"}, {type: object, properties: {meow: {type: boolean}, born: {type: string, format: date}}}]}
                Crate: {type: object, required: [sort, of], properties: {sort: {type: string}, of: {$ref: "#/components/schemas/Pet"}}}
                Bag: {type: object, required: [sort], properties: {sort: {type: string}, items: {type: array, items: {type: number, format: double}}}}
                Box: {oneOf: [{$ref: "#/components/schemas/Crate"}, {$ref: "#/components/schemas/Bag"}],
                  discriminator: {propertyName: sort, mapping: {crate: "#/components/schemas/Crate", bag: "#/components/schemas/Bag"}}}
            """;

    private final GraphQLSchema schema;
    private final Random random;
    private final StringBuilder fragments = new StringBuilder();
    private final Map<String, String> known = new LinkedHashMap<>();
    final Map<String, Object> variables = new LinkedHashMap<>();

    RandomZoo(GraphQLSchema schema, Random random) {
        this.schema = schema;
        this.random = random;
    }

    private boolean one(int in) {
        return random.nextInt(in) == 0;
    }

    private String pick(String... some) {
        return some[random.nextInt(some.length)];
    }

    String query() {
        if (one(2)) {
            variables.put("no", random.nextBoolean());
        }
        variables.put("yes", random.nextBoolean());
        if (one(2)) {
            variables.put("n", random.nextInt(3));
        }
        if (one(2)) {
            variables.put("tags", one(2) ? List.of("a", "b") : "one");
        }
        String body = selections(schema.getQueryType(), 4) + fragments;
        List<String> declared = new ArrayList<>();
        for (String variable :
                List.of("$yes: Boolean!", "$no: Boolean! = true", "$n: Int = 2", "$tags: [String!] = [\"x\"]")) {
            if (body.contains(variable.substring(0, variable.indexOf(':')))) {
                declared.add(variable);
            }
        }
        return "query Q" + (declared.isEmpty() ? "" : "(" + String.join(", ", declared) + ")") + body;
    }

    private String directives() {
        if (!one(5)) {
            return "";
        }
        return " @" + pick("skip", "include") + "(if: " + pick("$yes", "$no", "true", "false") + ")"
                + (one(4) ? " @" + pick("skip(if: $no)", "include(if: $yes)") : "");
    }

    private String selections(GraphQLNamedOutputType type, int depth) {
        StringBuilder text = new StringBuilder("{ ");
        int count = 1 + random.nextInt(3);
        for (int i = 0; i < count; i++) {
            int what = random.nextInt(6);
            List<GraphQLNamedOutputType> near = near(type);
            GraphQLNamedOutputType on = near.get(random.nextInt(near.size()));
            if (what == 0 && depth > 0) {
                text.append("... on ")
                        .append(on.getName())
                        .append(once(directives()))
                        .append(' ')
                        .append(selections(on, depth - 1))
                        .append(' ');
            } else if (what == 1 && depth > 0) {
                text.append("...")
                        .append(fragment(on, depth - 1))
                        .append(once(directives()))
                        .append(' ');
            } else if (what == 2 && depth > 0) {
                text.append("... ")
                        .append(once(directives()))
                        .append(' ')
                        .append(selections(type, depth - 1))
                        .append(' ');
            } else {
                text.append(field(type, depth)).append(' ');
            }
        }
        return text.append('}').toString();
    }

    /** A directive stands once in a place. */
    private static String once(String directives) {
        int second = directives.indexOf(" @", 2);
        boolean twice = second > 0 && directives.startsWith(directives.substring(second, second + 5));
        return twice ? directives.substring(0, second) : directives;
    }

    private String fragment(GraphQLNamedOutputType on, int depth) {
        String name = known.get(on.getName());
        if (name == null || one(3)) {
            name = "F" + known.size() + "x" + fragments.length();
            String body = selections(on, Math.max(0, depth - 1));
            fragments
                    .append(" fragment ")
                    .append(name)
                    .append(" on ")
                    .append(on.getName())
                    .append(' ')
                    .append(body);
            known.put(on.getName(), name);
        }
        return name;
    }

    private List<GraphQLNamedOutputType> near(GraphQLNamedOutputType type) {
        List<GraphQLNamedOutputType> near = new ArrayList<>(List.of(type));
        if (type instanceof GraphQLInterfaceType family) {
            near.addAll(schema.getImplementations(family));
        } else if (type instanceof GraphQLUnionType union) {
            near.addAll(union.getTypes());
        } else if (type instanceof GraphQLObjectType object) {
            object.getInterfaces().forEach(near::add);
        }
        return near;
    }

    private String field(GraphQLNamedOutputType type, int depth) {
        List<GraphQLFieldDefinition> fields = new ArrayList<>();
        if (type instanceof GraphQLObjectType object) {
            fields.addAll(object.getFieldDefinitions());
        } else if (type instanceof GraphQLInterfaceType family) {
            fields.addAll(family.getFieldDefinitions());
        }
        if (depth <= 0) {
            fields.removeIf(field -> composite(field.getType()));
        }
        if (fields.isEmpty() || one(8)) {
            return (one(2) ? "t: " : "") + "__typename" + once(directives());
        }
        GraphQLFieldDefinition field = fields.get(random.nextInt(fields.size()));
        String alias = one(3) ? pick("a", "b") + field.getName() + ": " : "";
        String arguments = field.getName().equals("pets") && type.getName().equals("Query") ? arguments() : "";
        GraphQLType of = GraphQLTypeUtil.unwrapAll(field.getType());
        String below = composite(of) ? " " + selections((GraphQLNamedOutputType) of, depth - 1) : "";
        return (arguments.isEmpty() ? alias : "p" + Integer.toHexString(arguments.hashCode()) + ": ")
                + field.getName()
                + arguments
                + once(directives())
                + below;
    }

    private String arguments() {
        return "(limit: " + pick("1", "$n", "0") + pick("", " tags: $tags", " tags: null", " tags: [\"q\"]")
                + pick("", " wild: $yes", " wild: true") + ")";
    }

    private static boolean composite(GraphQLType type) {
        GraphQLType of = GraphQLTypeUtil.unwrapAll(type);
        return !(of instanceof GraphQLScalarType) && !(of instanceof GraphQLEnumType);
    }

    /** What a service answers for each operation; one time in some it answers what its document does not say. */
    Map<String, @Nullable Object> answers() {
        Map<String, @Nullable Object> answers = new TreeMap<>();
        answers.put("zoo", spoilt(zoo()));
        answers.put("pets", spoilt(list(() -> pet(2))));
        answers.put("boxes", spoilt(list(() -> list(this::box))));
        return answers;
    }

    private @Nullable Object spoilt(@Nullable Object value) {
        int way = random.nextInt(25);
        if (way == 0) {
            return null;
        }
        // graphql-java makes texts of lists, and objects without fields of anything; here those are errors
        // (GraphEngineTest).
        boolean plain = value == null || value instanceof String || value instanceof Map<?, ?>;
        return way != 1 || plain ? value : value instanceof List<?> ? Map.of("kind", "x") : List.of(1);
    }

    private Object zoo() {
        Map<String, @Nullable Object> zoo = new LinkedHashMap<>();
        put(zoo, "name", "zoo");
        put(zoo, "boss", keeper(2));
        put(zoo, "pets", list(() -> pet(2)));
        put(zoo, "maybe", list(() -> one(2) ? null : "m"));
        put(zoo, "box", box());
        put(zoo, "labels", new TreeMap<>(Map.of("a-b", keeper(1), "c", keeper(0))));
        put(zoo, "more", Map.of("x", List.of(1, "y", Map.of())));
        return zoo;
    }

    private Object keeper(int depth) {
        Map<String, @Nullable Object> keeper = new LinkedHashMap<>();
        put(keeper, "first-name", "K" + random.nextInt(9));
        put(keeper, "mood", pick("good", "so-so", "true", "lost"));
        put(keeper, "age", one(9) ? 4_294_967_296L : random.nextInt(90));
        put(keeper, "paid", new java.math.BigDecimal("1.10"));
        put(keeper, "pet", depth > 0 ? pet(depth - 1) : null);
        return keeper;
    }

    private Object pet(int depth) {
        Map<String, @Nullable Object> pet = new LinkedHashMap<>();
        put(pet, "kind", pick("dog", "cat", "bird"));
        put(pet, "name", "P" + random.nextInt(9));
        put(pet, "size", 9_007_199_254_740_993L);
        put(pet, "keeper", depth > 0 ? keeper(depth - 1) : null);
        put(pet, "bark", one(2) ? null : "wuff");
        put(pet, "meow", random.nextBoolean());
        put(pet, "born", one(5) ? "never" : "2026-11-28");
        put(pet, "friends", depth > 0 ? list(() -> pet(depth - 1)) : List.of());
        return pet;
    }

    private Object box() {
        Map<String, @Nullable Object> box = new LinkedHashMap<>();
        boolean bag = random.nextBoolean();
        put(box, "sort", bag ? "bag" : "crate");
        if (bag) {
            put(box, "items", list(() -> one(9) ? List.of() : 1.5));
        } else {
            put(box, "of", pet(1));
        }
        return box;
    }

    private void put(Map<String, @Nullable Object> to, String key, @Nullable Object value) {
        if (!one(20)) {
            to.put(key, spoilt(one(20) ? null : value));
        }
    }

    private List<@Nullable Object> list(java.util.function.Supplier<@Nullable Object> item) {
        List<@Nullable Object> list = new ArrayList<>();
        int size = random.nextInt(4);
        for (int i = 0; i < size; i++) {
            list.add(one(20) ? null : item.get());
        }
        return list;
    }
}
