package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Arguments as graphql-java gives them, with GraphQL's names, become what the service knows. */
class CoercedTest {
    private static final Asked ASKED = new Asked("""
            openapi: 3.0.3
            paths:
              /things/{thing-id}:
                post:
                  operationId: send
                  parameters:
                    - {name: thing-id, in: path, required: true, schema: {$ref: '#/components/schemas/State'}}
                    - {name: filter, in: query, style: deepObject, schema: {$ref: '#/components/schemas/Filter'}}
                    - {name: page, in: query, schema: {type: integer, format: int64, default: 1}}
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Thing'}}}}
                  responses: {'200': {description: fine}}
              /pets:
                post:
                  operationId: pet
                  requestBody: {content: {application/json: {schema: {$ref: '#/components/schemas/Pet'}}}}
                  responses: {'200': {description: fine}}
              /shapes:
                post:
                  operationId: shape
                  requestBody: {content: {application/json: {schema: {type: array, items: {oneOf:
                    [{$ref: '#/components/schemas/Circle'}, {$ref: '#/components/schemas/Square'}],
                    discriminator: {propertyName: kind, mapping: {c: '#/components/schemas/Circle'}}}}}}}
                  responses: {'200': {description: fine}}
            components:
              schemas:
                State: {type: string, enum: [on-leave, 1st, 'true', '']}
                Filter: {type: object, properties: {min-price: {type: number}, state: {$ref: '#/components/schemas/State'}}}
                Thing:
                  type: object
                  properties:
                    big-number: {type: integer}
                    price: {type: number}
                    day: {type: string, format: date}
                    note: {type: string, nullable: true}
                    plain: {type: string}
                    id: {type: string, readOnly: true}
                    labels: {type: object, additionalProperties: {type: string}}
                    nested: {type: object, additionalProperties: {$ref: '#/components/schemas/Thing'}}
                    states: {type: array, items: {$ref: '#/components/schemas/State'}}
                    free: {}
                Pet:
                  type: object
                  required: [petType]
                  properties: {petType: {type: string}, name: {type: string}}
                  discriminator: {propertyName: petType, mapping: {cat: '#/components/schemas/Cat'}}
                Cat:
                  allOf:
                    - {$ref: '#/components/schemas/Pet'}
                    - {type: object, properties: {nine-lives: {type: boolean}}}
                Circle: {type: object, properties: {radius: {type: integer, format: int64}}}
                Square: {type: object, properties: {side: {type: integer, format: int64}}}
            """);

    @Test
    void namesAreThoseOfTheService() {
        var request =
                ASKED.ask("mutation { send(thing_id: on_leave, filter: {min_price: 3.50, state: TRUE}) }", Map.of());

        assertThat(request.target()).isEqualTo("/things/on-leave?filter%5Bmin-price%5D=3.50&filter%5Bstate%5D=true");
    }

    @Test
    void numbersAreExactByLiteralAndByVariable() {
        assertThat(ASKED.body(
                        "mutation { send(thing_id: _1st, page: 9007199254740993,"
                                + " input: {big_number: 123456789012345678901234567890, price: 1e-30}) }",
                        Map.of()))
                .isEqualTo("{\"big-number\":123456789012345678901234567890,\"price\":1E-30}");
        assertThat(ASKED.ask("mutation($n: Long) { send(thing_id: _1st, page: $n) }", Map.of("n", "9007199254740993"))
                        .target())
                .isEqualTo("/things/1st?page=9007199254740993");
        assertThat(ASKED.body(
                        "mutation($in: ThingInput) { send(thing_id: _1st, input: $in) }",
                        Map.of("in", Map.of("price", new BigDecimal("0.10")))))
                .isEqualTo("{\"price\":0.10}");
    }

    @Test
    void mapsAreObjectsAgain() {
        assertThat(ASKED.body(
                        "mutation { send(thing_id: _1st, input: {labels: [{key: \"b-c\", value: \"x\"}, {key: \"a\", value: \"y\"}],"
                                + " nested: [{key: \"n\", value: {day: \"2026-11-28\"}}], states: [_1st, EMPTY]}) }",
                        Map.of()))
                .isEqualTo("{\"labels\":{\"b-c\":\"x\",\"a\":\"y\"},\"nested\":{\"n\":{\"day\":\"2026-11-28\"}},"
                        + "\"states\":[\"1st\",\"\"]}");
        assertThatThrownBy(() -> ASKED.body(
                        "mutation { send(thing_id: _1st, input: {labels: [{key: \"a\", value: \"x\"}, {key: \"a\", value: \"y\"}]}) }",
                        Map.of()))
                .hasMessageContaining("argument 'input.labels' has a key twice");
    }

    @Test
    void nullIsNotTheSameAsNothing() {
        assertThat(ASKED.body("mutation { send(thing_id: _1st, input: {note: null}) }", Map.of()))
                .isEqualTo("{\"note\":null}");
        assertThat(ASKED.body("mutation { send(thing_id: _1st, input: {}) }", Map.of()))
                .isEqualTo("{}");
        assertThat(ASKED.ask(
                                "mutation($p: Long) { send(thing_id: _1st, page: $p) }",
                                Collections.singletonMap("p", null))
                        .target())
                .isEqualTo("/things/1st");
        assertThatThrownBy(() -> ASKED.body("mutation { send(thing_id: _1st, input: {plain: null}) }", Map.of()))
                .hasMessageContaining("argument 'input.plain' must not be null; leave it out");
    }

    @Test
    void freeValuesKeepTheirKeys() {
        assertThat(ASKED.body(
                        "mutation($f: JSON) { send(thing_id: _1st, input: {free: $f}) }",
                        Map.of("f", Map.of("b-c", List.of(1, Map.of("_x", 2L))))))
                .isEqualTo("{\"free\":{\"b-c\":[1,{\"_x\":2}]}}");
    }

    @Test
    void aVariantIsItsObjectWithItsDiscriminator() {
        assertThat(ASKED.body("mutation { shape(input: [{circle: {radius: 1}}, {square: {side: 2}}]) }", Map.of()))
                .isEqualTo("[{\"radius\":1,\"kind\":\"c\"},{\"side\":2,\"kind\":\"Square\"}]");
    }

    @Test
    void aSubtypeIsItsObjectAndSaysWhichOne() {
        assertThat(ASKED.body("mutation { pet(input: {cat: {petType: \"cat\", nine_lives: true}}) }", Map.of()))
                .isEqualTo("{\"nine-lives\":true,\"petType\":\"cat\"}");
        assertThat(ASKED.body("mutation { pet(input: {pet: {petType: \"fish\", name: \"f\"}}) }", Map.of()))
                .isEqualTo("{\"name\":\"f\",\"petType\":\"fish\"}");
        assertThatThrownBy(() -> ASKED.body("mutation { pet(input: {pet: {petType: \"cat\"}}) }", Map.of()))
                .hasMessageContaining("argument 'input.pet' says by 'petType' that it is another type");
    }
}
