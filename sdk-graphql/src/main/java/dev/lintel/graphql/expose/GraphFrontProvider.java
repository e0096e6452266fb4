package dev.lintel.graphql.expose;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontProvider;
import dev.lintel.core.model.FrontRule;
import java.util.ArrayList;
import java.util.List;

/** Serves graphs. */
public final class GraphFrontProvider implements FrontProvider {
    /** For the service loader. */
    public GraphFrontProvider() {}

    @Override
    public String kind() {
        return GraphSource.KIND;
    }

    @Override
    public Front open(FrontRule rule, FrontContext context) {
        return GraphFront.of(blueprint(rule), context);
    }

    /**
     * What a rule means.
     *
     * @param rule of the kind {@code graphql.graph/v1}
     * @return the graph
     * @throws IllegalArgumentException if it cannot be understood; says what is wrong with it
     */
    public static Blueprint blueprint(FrontRule rule) {
        String text = rule.files().get(GraphSourceCompiler.FILE);
        if (text == null) {
            throw new IllegalArgumentException("the rule of a graph has a file '" + GraphSourceCompiler.FILE + "'");
        }
        ApiDefinition said =
                DefinitionFormat.yaml().read(text, GraphSourceCompiler.FILE).get(0);
        List<String> wrong = new ArrayList<>();
        return BlueprintReader.read(
                        said.service().name(), said.policies(), (of, code, message, hint) -> wrong.add(message))
                .filter(blueprint -> wrong.isEmpty())
                .orElseThrow(() -> new IllegalArgumentException("the graph cannot be served: " + wrong));
    }
}
