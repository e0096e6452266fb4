package dev.lintel.graphql.name;

import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Parameter;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The GraphQL name of each thing in a model, and the way back: for each name there is one thing in its scope. */
public final class Names {
    private static final Set<String> TYPES = Set.of(
            "Query",
            "Mutation",
            "Subscription",
            "Int",
            "Float",
            "String",
            "Boolean",
            "ID",
            "Long",
            "BigInteger",
            "Decimal",
            "Date",
            "DateTime",
            "UUID",
            "Base64",
            "Bytes",
            "JSON");
    private static final Set<String> LITERALS = Set.of("true", "false", "null");

    private final SortedMap<String, String> names = new TreeMap<>();
    private final NameLock lock;

    private Names(NameLock lock) {
        this.lock = lock;
    }

    /**
     * Names everything in a model.
     *
     * @param model of an API
     * @param lock names to be kept
     * @return the names
     */
    public static Names of(ApiModel model, NameLock lock) {
        Names names = new Names(lock);
        names.types(model);
        names.operations(model);
        return names;
    }

    /**
     * The names as a lock for the next time.
     *
     * @return all of them
     */
    public NameLock toLock() {
        return new NameLock(names);
    }

    /**
     * A type as services send it.
     *
     * @param id of a definition
     * @return its name
     */
    public String output(String id) {
        return get("type " + id + " out");
    }

    /**
     * A type as clients send it.
     *
     * @param id of a definition
     * @return its name
     */
    public String input(String id) {
        return get("type " + id + " in");
    }

    /**
     * An object that is of a type with subtypes, and of none of them.
     *
     * @param id of a definition
     * @return its name
     */
    public String other(String id) {
        return get("type " + id + " other");
    }

    /**
     * The same as clients send it.
     *
     * @param id of a definition
     * @return its name
     */
    public String otherInput(String id) {
        return get("type " + id + " other-in");
    }

    /**
     * A property.
     *
     * @param id of a definition
     * @param property as in JSON
     * @return the name of its field
     */
    public String field(String id, String property) {
        return get("field " + id + " " + property);
    }

    /**
     * A link of an object to an operation.
     *
     * @param id of a definition
     * @param link of it
     * @return the name of its field
     */
    public String link(String id, Link link) {
        return get("field " + id + " $link " + link.name());
    }

    /**
     * A variant where a client says which one it sends.
     *
     * @param id of a definition with variants or subtypes
     * @param member id of one of them, or of itself
     * @return the name of its field
     */
    public String variant(String id, String member) {
        return get("variant " + id + " " + member);
    }

    /**
     * A variant where a client says which one it sends, also if it is a subtype of one: such stand beside the variants, and
     * are called as types are.
     *
     * @param definition with variants or subtypes
     * @param member id of an object of it
     * @return the name of its field
     */
    public String variantOf(Definition definition, String member) {
        String id = definition.id();
        boolean own = definition instanceof Definition.Variants variants
                ? variants.members().contains(member)
                : definition instanceof Definition.Fields fields
                        && (fields.subtypes().contains(member) || id.equals(member));
        return own ? variant(id, member) : output(member);
    }

    /**
     * One of several texts.
     *
     * @param id of a definition
     * @param text as in JSON
     * @return the name of the value
     */
    public String value(String id, String text) {
        return get("value " + id + " " + text);
    }

    /**
     * An operation.
     *
     * @param operation of the model
     * @return the name of its field
     */
    public String operation(Operation operation) {
        return get((operation.safe() ? "query " : "mutation ") + operation.key());
    }

    /**
     * A parameter.
     *
     * @param operation that has it
     * @param parameter of it
     * @return the name of the argument
     */
    public String argument(Operation operation, Parameter parameter) {
        return get("argument " + operation.key() + " " + place(parameter) + "." + parameter.name());
    }

    /**
     * The body of an operation.
     *
     * @param operation that has one
     * @return the name of the argument
     */
    public String body(Operation operation) {
        return get("argument " + operation.key() + " body");
    }

    /**
     * The types of keys with values: one for each type of values.
     *
     * @param kinds names of the types of values, as a GraphQL type reference says them, by {@code in} and {@code out}
     * @return names by the same keys
     */
    public SortedMap<String, String> entries(SortedMap<String, String> kinds) {
        Scope scope = new Scope("type ", lock, TYPES);
        names.forEach((key, name) -> {
            if (key.startsWith("type ")) {
                scope.wish(key, true, name);
            }
        });
        kinds.forEach((key, stem) -> scope.wish("type entry " + key, false, stem));
        SortedMap<String, String> given = new TreeMap<>();
        scope.give().forEach((key, name) -> {
            if (key.startsWith("type entry ")) {
                given.put(key.substring("type entry ".length()), name);
                names.put(key, name);
            }
        });
        return given;
    }

    private String get(String key) {
        String name = names.get(key);
        if (name == null) {
            throw new IllegalArgumentException("there is no name for '" + key + "'");
        }
        return name;
    }

    private void types(ApiModel model) {
        Scope types = new Scope("type ", lock, TYPES);
        SortedMap<String, SortedMap<String, Link>> links = model.links();
        for (Definition type : model.types().values()) {
            String hint = type.hint().isEmpty()
                    ? "Value"
                    : Words.isName(type.hint()) ? type.hint() : Words.pascal(type.hint());
            boolean exact = hint.equals(type.hint());
            String key = "type " + type.id();
            String second = type instanceof Definition.Choice ? hint + "Enum" : hint + "Type";
            types.wish(key + " out", exact, hint, second);
            if (type instanceof Definition.Choice choice) {
                values(choice);
                continue;
            }
            types.wish(key + " in", false, hint + "Input", hint + "TypeInput");
            if (type instanceof Definition.Fields fields) {
                fields(model, fields, links.getOrDefault(fields.id(), new TreeMap<>()), types, hint);
            } else if (type instanceof Definition.Variants variants) {
                Scope scope = new Scope("variant " + type.id() + " ", lock, Set.of());
                variants.members().forEach(member -> variant(scope, model, type.id(), member));
                names.putAll(scope.give());
            }
        }
        names.putAll(types.give());
    }

    private void fields(
            ApiModel model, Definition.Fields type, SortedMap<String, Link> links, Scope types, String hint) {
        Scope fields = new Scope("field " + type.id() + " ", lock, Set.of());
        type.properties()
                .forEach(property -> fields.wish(
                        "field " + type.id() + " " + property.name(), Words.isName(property.name()), property.name()));
        links.keySet()
                .forEach(link -> fields.wish("field " + type.id() + " $link " + link, false, link, link + "Link"));
        names.putAll(fields.give());
        if (!type.subtypes().isEmpty()) {
            types.wish("type " + type.id() + " other", false, "Other" + hint);
            types.wish("type " + type.id() + " other-in", false, "Other" + hint + "Input");
            Scope scope = new Scope("variant " + type.id() + " ", lock, Set.of());
            type.subtypes().forEach(member -> variant(scope, model, type.id(), member));
            variant(scope, model, type.id(), type.id());
            names.putAll(scope.give());
        }
    }

    private static void variant(Scope scope, ApiModel model, String id, String member) {
        Definition type = model.types().get(member);
        String hint = type == null ? "" : Words.camel(type.hint());
        scope.wish("variant " + id + " " + member, false, hint.isEmpty() ? "value" : hint);
    }

    private void values(Definition.Choice type) {
        Scope scope = new Scope("value " + type.id() + " ", lock, LITERALS);
        for (String value : type.values()) {
            scope.wish(
                    "value " + type.id() + " " + value,
                    Words.isName(value) && !LITERALS.contains(value),
                    spoken(value));
        }
        names.putAll(scope.give());
    }

    /** Numbers with signs and words that are literals differ by more than a mark. */
    private static String spoken(String value) {
        if (LITERALS.contains(value)) {
            return value.toUpperCase(Locale.ROOT);
        }
        if (value.isEmpty()) {
            return "EMPTY";
        }
        if (value.matches("[+-][0-9].*")) {
            return (value.charAt(0) == '-' ? "minus_" : "plus_") + value.substring(1);
        }
        return value;
    }

    private void operations(ApiModel model) {
        Scope queries = new Scope("query ", lock, Set.of());
        Scope mutations = new Scope("mutation ", lock, Set.of());
        for (Operation operation : model.operations()) {
            String hint = operation.hint();
            String said = Words.isName(hint) ? hint : Words.camel(hint);
            String path = Words.camel(operation.method().toLowerCase(Locale.ROOT)
                    + operation.path().replace("{", "/by/").replace("}", ""));
            (operation.safe() ? queries : mutations)
                    .wish(
                            (operation.safe() ? "query " : "mutation ") + operation.key(),
                            !said.isEmpty() && said.equals(hint),
                            said,
                            path);
            arguments(operation);
        }
        names.putAll(queries.give());
        names.putAll(mutations.give());
    }

    private void arguments(Operation operation) {
        String prefix = "argument " + operation.key() + " ";
        Scope scope = new Scope(prefix, lock, Set.of());
        for (Parameter parameter : operation.parameters()) {
            scope.wish(
                    prefix + place(parameter) + "." + parameter.name(),
                    Words.isName(parameter.name()),
                    parameter.name(),
                    place(parameter) + "_" + parameter.name());
        }
        if (operation.body() != null) {
            scope.wish(prefix + "body", false, "input", "body");
        }
        names.putAll(scope.give());
    }

    private static String place(Parameter parameter) {
        return parameter.place().name().toLowerCase(Locale.ROOT);
    }

    /**
     * What a name means.
     *
     * @param prefix of keys, such as {@code value #/components/schemas/Colour }
     * @param name in GraphQL
     * @return the key after the prefix
     * @throws IllegalArgumentException if nothing has the name
     */
    public String meaning(String prefix, String name) {
        for (Map.Entry<String, String> each : names.tailMap(prefix).entrySet()) {
            if (!each.getKey().startsWith(prefix)) {
                break;
            }
            if (each.getValue().equals(name)) {
                return each.getKey().substring(prefix.length());
            }
        }
        throw new IllegalArgumentException("nothing of '" + prefix + "' is called '" + name + "'");
    }
}
