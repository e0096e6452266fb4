package dev.lintel.graphql.expose;

/** Gives {@link GraphLimit} its place; what it means is the graph's to say. */
public final class GraphLimitCompiler extends PartCompiler<GraphLimit> {
    /** For the service loader. */
    public GraphLimitCompiler() {
        super(GraphLimit.class, GraphLimit.KIND);
    }
}
