package dev.lintel.graphql.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.model.Kind;
import graphql.GraphQLContext;
import graphql.execution.CoercedVariables;
import graphql.language.FloatValue;
import graphql.language.IntValue;
import graphql.language.StringValue;
import graphql.schema.Coercing;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ScalarsTest {
    private static final BigInteger ODD = new BigInteger("9007199254740993");

    @Test
    void wholeNumbersAreExact() {
        assertThat(in(Kind.LONG, ODD)).isEqualTo(9007199254740993L);
        assertThat(in(Kind.LONG, "9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(out(Kind.LONG, ODD)).isEqualTo(9007199254740993L);
        assertThat(literal(Kind.LONG, IntValue.newIntValue(ODD).build())).isEqualTo(9007199254740993L);
        assertThat(out(Kind.INTEGER, new BigInteger("123456789012345678901234567890")))
                .isEqualTo(new BigInteger("123456789012345678901234567890"));
        assertThat(in(Kind.LONG, new BigDecimal("7.0"))).isEqualTo(7L);
    }

    @Test
    void decimalsAreExact() {
        BigDecimal small = new BigDecimal("0.000000000000000000000000000001");

        assertThat(in(Kind.DECIMAL, "1e-30")).isEqualTo(new BigDecimal("1E-30"));
        assertThat(out(Kind.DECIMAL, small)).isEqualTo(small);
        assertThat(literal(Kind.DECIMAL, FloatValue.newFloatValue(small).build()))
                .isEqualTo(small);
        assertThat(out(Kind.DECIMAL, new BigDecimal("1.10"))).hasToString("1.10");
    }

    @Test
    void whatIsNoNumberIsRefused() {
        refused(Kind.LONG, new BigInteger("9223372036854775808"), "no Long: more than 64 bits");
        refused(Kind.LONG, new BigDecimal("1.5"), "no Long: not a whole number");
        refused(Kind.LONG, "x", "no Long: not a number");
        refused(Kind.LONG, true, "no Long: neither a number nor a text");
        refused(Kind.INTEGER, new BigDecimal("1e999999999"), "no BigInteger: too many digits");
        refused(Kind.DECIMAL, "1".repeat(1001), "no Decimal: too many digits");
    }

    @Test
    void textsWithAFormStayAsTheyAre() {
        assertThat(in(Kind.DATE, "2026-11-28")).isEqualTo("2026-11-28");
        assertThat(in(Kind.DATE_TIME, "2026-11-28T08:00:00.10+01:00")).isEqualTo("2026-11-28T08:00:00.10+01:00");
        assertThat(in(Kind.UUID, "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6"))
                .isEqualTo("F81D4FAE-7dec-11d0-a765-00a0c91e6bf6");
        assertThat(in(Kind.BASE64, "aGk=")).isEqualTo("aGk=");
        refused(Kind.DATE, "2026-02-30", "no Date: not a day such as 2026-11-28");
        refused(Kind.DATE_TIME, "today", "no DateTime: not a moment such as 2026-11-28T08:00:00Z");
        refused(Kind.UUID, "1-2-3-4-5", "no UUID: not a UUID");
        refused(Kind.BASE64, 7, "no Base64: not a text");
    }

    @Test
    void jsonIsAnyValue() {
        Map<String, Object> value = Map.of("a", List.of(1, "b"));

        assertThat(in(Kind.JSON, value)).isEqualTo(value);
        assertThat(literal(Kind.JSON, Values.toLiteral(value))).isEqualTo(Map.of("a", List.of(BigInteger.ONE, "b")));
        assertThat(literal(Kind.JSON, StringValue.of("x"))).isEqualTo("x");
    }

    private static void refused(Kind kind, Object value, String message) {
        assertThatThrownBy(() -> in(kind, value)).hasMessage(message);
    }

    private static Object in(Kind kind, Object value) {
        return coercing(kind).parseValue(value, GraphQLContext.getDefault(), Locale.ROOT);
    }

    private static Object out(Kind kind, Object value) {
        return coercing(kind).serialize(value, GraphQLContext.getDefault(), Locale.ROOT);
    }

    private static Object literal(Kind kind, graphql.language.Value<?> value) {
        return coercing(kind)
                .parseLiteral(value, CoercedVariables.emptyVariables(), GraphQLContext.getDefault(), Locale.ROOT);
    }

    private static Coercing<?, ?> coercing(Kind kind) {
        return Scalars.of(kind).getCoercing();
    }
}
