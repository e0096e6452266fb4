package dev.lintel.graphql.execute;

import graphql.language.Document;
import graphql.language.Field;
import graphql.language.FragmentDefinition;
import graphql.language.FragmentSpread;
import graphql.language.InlineFragment;
import graphql.language.OperationDefinition;
import graphql.language.Selection;
import graphql.language.SelectionSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts what a document asks for, fragments at each use, before anything else looks at it; stops where a limit is. */
final class Sizes {
    /** Tools ask for types within each other so deeply; the library has limits of its own for it. */
    private static final int INTROSPECTION = 20;

    private final GraphLimits limits;
    private final Map<String, FragmentDefinition> fragments = new LinkedHashMap<>();
    private final Set<String> open = new LinkedHashSet<>();
    private int fields;
    private int aliases;

    /** Of all operations together, so that fragments that lead to no field are not followed without end. */
    private int steps;

    private Sizes(Document document, GraphLimits limits) {
        this.limits = limits;
        document.getDefinitionsOfType(FragmentDefinition.class).forEach(each -> fragments.put(each.getName(), each));
    }

    static void check(Document document, GraphLimits limits) throws Refusal {
        Sizes sizes = new Sizes(document, limits);
        for (OperationDefinition operation : document.getDefinitionsOfType(OperationDefinition.class)) {
            sizes.begin(operation.getSelectionSet());
        }
        for (FragmentDefinition fragment : document.getDefinitionsOfType(FragmentDefinition.class)) {
            sizes.begin(fragment.getSelectionSet());
        }
    }

    private void begin(SelectionSet set) throws Refusal {
        fields = 0;
        aliases = 0;
        walk(set, 1, limits.depth());
    }

    private void walk(@Nullable SelectionSet set, int depth, int most) throws Refusal {
        if (set == null) {
            return;
        }
        if (depth > most) {
            throw exceeded(most, "levels of fields");
        }
        for (Selection<?> selection : set.getSelections()) {
            steps++;
            if (steps > 10L * limits.fields()) {
                throw exceeded(10L * limits.fields(), "selections, fragments counted at each use");
            }
            if (selection instanceof Field field) {
                field(field, depth, most);
            } else if (selection instanceof InlineFragment fragment) {
                walk(fragment.getSelectionSet(), depth, most);
            } else if (selection instanceof FragmentSpread spread) {
                FragmentDefinition fragment = fragments.get(spread.getName());
                if (fragment != null && open.add(spread.getName())) {
                    walk(fragment.getSelectionSet(), depth, most);
                    boolean unusedThere = open.remove(spread.getName());
                }
            }
        }
    }

    private void field(Field field, int depth, int most) throws Refusal {
        fields++;
        if (fields > limits.fields()) {
            throw exceeded(limits.fields(), "fields, fragments counted at each use");
        }
        if (field.getAlias() != null) {
            aliases++;
            if (aliases > limits.aliases()) {
                throw exceeded(limits.aliases(), "aliases, fragments counted at each use");
            }
        }
        boolean schema = field.getName().equals("__schema") || field.getName().equals("__type");
        walk(field.getSelectionSet(), depth + 1, schema ? Math.max(most, INTROSPECTION) : most);
    }

    private static Refusal exceeded(long most, String what) {
        return new Refusal(Code.LIMIT_EXCEEDED, "the document has more than " + most + " " + what);
    }
}
