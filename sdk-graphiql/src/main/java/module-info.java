/** The page on which people try a graph: GraphiQL, with all that it loads. */
@org.jspecify.annotations.NullMarked
module dev.lintel.graphiql {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.graphql;

    exports dev.lintel.graphiql;

    provides dev.lintel.graphql.http.Explorer with
            dev.lintel.graphiql.Graphiql;
}
