package dev.lintel.graphql.expose;

/** Gives {@link GraphOption} its place; what it means is the graph's to say. */
public final class GraphOptionCompiler extends PartCompiler<GraphOption> {
    /** For the service loader. */
    public GraphOptionCompiler() {
        super(GraphOption.class, GraphOption.KIND);
    }
}
