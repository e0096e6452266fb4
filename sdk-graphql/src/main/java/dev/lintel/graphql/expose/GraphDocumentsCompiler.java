package dev.lintel.graphql.expose;

/** Gives {@link GraphDocuments} its place; what it means is the graph's to say. */
public final class GraphDocumentsCompiler extends PartCompiler<GraphDocuments> {
    /** For the service loader. */
    public GraphDocumentsCompiler() {
        super(GraphDocuments.class, GraphDocuments.KIND);
    }
}
