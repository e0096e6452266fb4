package dev.lintel.graphql.schema;

import dev.lintel.graphql.model.Definition;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.name.Names;
import java.util.SortedMap;
import java.util.TreeMap;

/** GraphQL's words for uses, such as {@code [Pet!]}; the first walk over all uses finds which entries are needed. */
final class Types {
    private final Reach reach;
    private final Names names;
    private final Settings settings;
    private final boolean input;
    private final SortedMap<String, String> stems = new TreeMap<>();
    private final SortedMap<String, Use> values = new TreeMap<>();
    private SortedMap<String, String> entries = new TreeMap<>();

    Types(Reach reach, Names names, Settings settings, boolean input) {
        this.reach = reach;
        this.names = names;
        this.settings = settings;
        this.input = input;
    }

    /** Notes the entries that a use needs, from the inside out. */
    void note(Use use) {
        if (use.shape() instanceof Shape.Items items) {
            note(items.of());
        } else if (use.shape() instanceof Shape.Entries entry && settings.maps() == Maps.ENTRIES) {
            note(entry.of());
            values.put(key(entry.of()), entry.of());
            stems.put(key(entry.of()), stem(entry.of()) + (input ? "EntryInput" : "Entry"));
        }
    }

    /** Entries by their keys, each with the name that it would like. */
    SortedMap<String, String> stems() {
        return stems;
    }

    /** What the values of entries are, by the keys of entries. */
    SortedMap<String, Use> values() {
        return values;
    }

    void entries(SortedMap<String, String> given) {
        entries = given;
    }

    String entry(String key) {
        return String.valueOf(entries.get(key));
    }

    /** Without the mark that says never null. */
    String plain(Use use) {
        Shape shape = use.shape();
        if (shape instanceof Shape.Single single) {
            return Scalars.of(single.kind()).getName();
        } else if (shape instanceof Shape.Items items) {
            return "[" + said(items.of()) + "]";
        } else if (shape instanceof Shape.Entries entry) {
            return settings.maps() == Maps.JSON ? "JSON" : "[" + entries.get(key(entry.of())) + "!]";
        }
        return named(((Shape.Named) shape).id());
    }

    /** With that mark where null is not expected. */
    String said(Use use) {
        boolean nullable = use.nullable() || !input && settings.nullability() == Nullability.ALL_NULLABLE;
        return plain(use) + (nullable ? "" : "!");
    }

    private String named(String id) {
        Definition definition = reach.definition(id);
        if (definition instanceof Definition.Choice) {
            return names.output(id);
        }
        if (reach.objects(id).isEmpty()) {
            return Scalars.of(Kind.JSON).getName();
        }
        return input ? names.input(id) : names.output(id);
    }

    private String key(Use value) {
        return (input ? "in " : "out ") + inner(value);
    }

    private String inner(Use use) {
        String text;
        Shape shape = use.shape();
        if (shape instanceof Shape.Single single) {
            text = single.kind().name();
        } else if (shape instanceof Shape.Items items) {
            text = "[" + inner(items.of()) + "]";
        } else if (shape instanceof Shape.Entries entry) {
            text = "{" + inner(entry.of()) + "}";
        } else {
            text = ((Shape.Named) shape).id();
        }
        return text + (use.nullable() ? "" : "!");
    }

    private String stem(Use use) {
        Shape shape = use.shape();
        if (shape instanceof Shape.Items items) {
            return stem(items.of()) + "List";
        } else if (shape instanceof Shape.Entries entry) {
            return stem(entry.of()) + "Map";
        } else if (shape instanceof Shape.Named named) {
            return reach.objects(named.id()).isEmpty() && !(reach.definition(named.id()) instanceof Definition.Choice)
                    ? "JSON"
                    : names.output(named.id());
        }
        return plain(use);
    }
}
