package dev.lintel.graphql.expose;

/** Gives {@link GraphNames} its place; what it means is the graph's to say. */
public final class GraphNamesCompiler extends PartCompiler<GraphNames> {
    /** For the service loader. */
    public GraphNamesCompiler() {
        super(GraphNames.class, GraphNames.KIND);
    }
}
