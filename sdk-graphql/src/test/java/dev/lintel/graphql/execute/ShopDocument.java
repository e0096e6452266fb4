package dev.lintel.graphql.execute;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.document.OpenApi;

/** A document with all that answers can be made of. */
public final class ShopDocument {
    private static final String PATHS = """
            openapi: 3.0.3
            paths:
              /orders:
                get:
                  operationId: orders
                  parameters:
                    - {name: page-size, in: query, schema: {type: integer, format: int32, default: 2}}
                    - {name: state, in: query, schema: {$ref: "#/components/schemas/State"}}
                  responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/OrderPage"}}}}}
                post:
                  operationId: placeOrder
                  requestBody: {required: true, content: {application/json: {schema: {$ref: "#/components/schemas/NewOrder"}}}}
                  responses: {"201": {content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}}}
              /orders/{id}:
                parameters: [{name: id, in: path, required: true, schema: {type: integer, format: int64}, example: 9007199254740993}]
                get:
                  operationId: order
                  responses:
                    "200":
                      content: {application/json: {schema: {$ref: "#/components/schemas/Order"}}}
                      links:
                        buyer: {operationId: customer, parameters: {id: $response.body#/customer-id}}
                        history: {operationId: history, parameters: {id: $request.path.id}}
                delete: {operationId: removeOrder, responses: {"204": {description: gone}}}
              /orders/{id}/history:
                get:
                  operationId: history
                  parameters: [{name: id, in: path, required: true, schema: {type: integer, format: int64}, example: 9007199254740993}]
                  responses: {"200": {content: {application/json: {schema: {type: array, items: {type: string}}}}}}
              /customers:
                get:
                  operationId: customers
                  parameters:
                    - {name: ids, in: query, explode: false, schema: {type: array, items: {type: string}}, example: [c1, c2]}
                  responses: {"200": {content: {application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Customer"}}}}}}
              /customers/{id}:
                get:
                  operationId: customer
                  parameters: [{name: id, in: path, required: true, schema: {type: string}, example: c1}]
                  responses: {"200": {content: {application/json: {schema: {$ref: "#/components/schemas/Customer"}}}}}
              /note:
                get: {operationId: note, responses: {"200": {content: {text/plain: {schema: {type: string}}}}}}
              /ping:
                get: {operationId: ping, responses: {"204": {description: well}}}
            """;
    private static final String SCHEMAS = """
            components:
              schemas:
                State: {type: string, enum: [new, on-hold, "true", shipped]}
                OrderPage:
                  type: object
                  required: [items, total]
                  properties:
                    items: {type: array, items: {$ref: "#/components/schemas/Order"}}
                    total: {type: integer, format: int64}
                    next-page: {type: string}
                NewOrder:
                  type: object
                  required: [customer-id]
                  properties: {customer-id: {type: string}, state: {$ref: "#/components/schemas/State"}, price: {type: number}}
                Order:
                  type: object
                  required: [id, state]
                  properties:
                    id: {type: integer, format: int64}
                    state: {$ref: "#/components/schemas/State"}
                    price: {type: number}
                    weight: {type: number, format: double}
                    placed: {type: string, format: date-time}
                    due: {type: string, format: date}
                    gift: {type: boolean}
                    lines: {type: integer, format: int32}
                    customer-id: {type: string, nullable: true}
                    notes: {type: array, items: {type: string}}
                    payment: {oneOf: [{$ref: "#/components/schemas/Card"}, {$ref: "#/components/schemas/Transfer"}],
                      discriminator: {propertyName: kind, mapping: {card: "#/components/schemas/Card", transfer: "#/components/schemas/Transfer"}}}
                    labels: {type: object, additionalProperties: {type: string}}
                    more: {}
                Card: {type: object, required: [kind, last4], properties: {kind: {type: string}, last4: {type: string}}}
                Transfer: {type: object, required: [kind, iban], properties: {kind: {type: string}, iban: {type: string}}}
                Customer:
                  type: object
                  required: [id]
                  properties: {id: {type: string}, full-name: {type: string}, vip: {type: boolean}}
            """;

    private ShopDocument() {}

    public static OpenApi openApi() {
        return OpenApi.of("shop", PATHS + SCHEMAS);
    }

    public static Graph graph() {
        return Graph.of("shop").from(openApi());
    }
}
