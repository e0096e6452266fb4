/** OpenAPI documents as GraphQL schemas: read, mapped, named, and what was lost on the way told. */
@org.jspecify.annotations.NullMarked
module dev.lintel.graphql {
    requires static transitive org.jspecify;
    requires static transitive com.google.errorprone.annotations;
    requires transitive dev.lintel.auth;
    requires transitive dev.lintel.core;
    requires transitive com.graphqljava;
    requires com.fasterxml.jackson.core;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.yaml.snakeyaml;

    exports dev.lintel.graphql;
    exports dev.lintel.graphql.change;
    exports dev.lintel.graphql.compose;
    exports dev.lintel.graphql.check;
    exports dev.lintel.graphql.document;
    exports dev.lintel.graphql.expose;
    exports dev.lintel.graphql.execute;
    exports dev.lintel.graphql.http;
    exports dev.lintel.graphql.model;
    exports dev.lintel.graphql.name;
    exports dev.lintel.graphql.request;
    exports dev.lintel.graphql.schema;
    exports dev.lintel.graphql.upstream;

    uses dev.lintel.graphql.http.Explorer;

    provides dev.lintel.core.front.FrontProvider with
            dev.lintel.graphql.expose.GraphFrontProvider;
    provides dev.lintel.core.spi.PolicyCompiler with
            dev.lintel.graphql.expose.GraphFieldCompiler,
            dev.lintel.graphql.expose.GraphIntrospectionCompiler,
            dev.lintel.graphql.expose.GraphLimitCompiler,
            dev.lintel.graphql.expose.GraphNamesCompiler,
            dev.lintel.graphql.expose.GraphOptionCompiler,
            dev.lintel.graphql.expose.GraphSourceCompiler;
}
