package dev.lintel.graphql.expose;

/** Gives {@link GraphIntrospection} its place; what it means is the graph's to say. */
public final class GraphIntrospectionCompiler extends PartCompiler<GraphIntrospection> {
    /** For the service loader. */
    public GraphIntrospectionCompiler() {
        super(GraphIntrospection.class, GraphIntrospection.KIND);
    }
}
