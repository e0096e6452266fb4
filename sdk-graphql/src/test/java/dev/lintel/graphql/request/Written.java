package dev.lintel.graphql.request;

import dev.lintel.graphql.document.OpenApi;
import dev.lintel.graphql.model.ApiModel;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.name.NameLock;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.openapi.OpenApiReader;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.time.Duration;
import java.util.Map;

/** The requests of a small document. */
record Written(ApiModel model, Names names) {
    static Written of(String document) {
        ApiModel model = OpenApiReader.read(OpenApi.of("api.yaml", document));
        return new Written(model, Names.of(model, NameLock.EMPTY));
    }

    /** An operation {@code GET path} with one parameter, said in YAML's flow style, in an API of 3.0. */
    static Written parameter(String path, String parameter) {
        return of("""
                openapi: 3.0.3
                info: {title: t, version: '1'}
                paths:
                  %s:
                    get:
                      operationId: get
                      parameters:
                        - %s
                      responses: {'200': {description: fine}}
                """.formatted(path, parameter));
    }

    Operation operation(String key) {
        return model.operations().stream()
                .filter(operation -> operation.key().equals(key))
                .findFirst()
                .orElseThrow();
    }

    RequestWriter writer(String key) {
        return RequestWriter.of(operation(key), model, names);
    }

    UpstreamRequest write(String key, Map<String, ?> arguments) {
        return writer(key).write(arguments, Duration.ofSeconds(1));
    }
}
