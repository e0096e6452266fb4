package dev.lintel.graphql.expose;

/** Gives {@link GraphField} its place; what it means is the graph's to say. */
public final class GraphFieldCompiler extends PartCompiler<GraphField> {
    /** For the service loader. */
    public GraphFieldCompiler() {
        super(GraphField.class, GraphField.KIND);
    }
}
