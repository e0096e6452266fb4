package dev.lintel.graphql.openapi;

import dev.lintel.graphql.model.Kind;
import java.math.BigDecimal;
import java.util.Set;

/** Types and formats of single values. */
final class Formats {
    private static final BigDecimal LEAST = BigDecimal.valueOf(Integer.MIN_VALUE);
    private static final BigDecimal MOST = BigDecimal.valueOf(Integer.MAX_VALUE);
    private static final Set<String> FREE =
            Set.of("", "string", "password", "int64", "int32", "uint64", "decimal", "char");

    private Formats() {}

    static Kind kind(Flat flat, At at, Losses losses) {
        return switch (flat.type()) {
            case "boolean" -> Kind.BOOLEAN;
            case "integer" -> integer(flat);
            case "number" -> number(flat);
            case "string" -> string(flat, at, losses);
            default -> Kind.JSON;
        };
    }

    private static Kind integer(Flat flat) {
        boolean small = flat.least != null
                && flat.most != null
                && flat.least.compareTo(LEAST) >= 0
                && flat.most.compareTo(MOST) <= 0;
        return switch (flat.format) {
            case "int32", "int16", "int8", "uint16", "uint8" -> Kind.INT;
            case "int64", "uint32", "long", "unix-time", "unixtime", "timestamp" -> Kind.LONG;
            default -> small ? Kind.INT : Kind.INTEGER;
        };
    }

    private static Kind number(Flat flat) {
        return switch (flat.format) {
            case "float", "double" -> Kind.FLOAT;
            case "int32" -> Kind.INT;
            case "int64" -> Kind.LONG;
            default -> Kind.DECIMAL;
        };
    }

    /** A number that is sent as text stays text: it is exact already. */
    private static Kind string(Flat flat, At at, Losses losses) {
        return switch (flat.format) {
            case "date" -> Kind.DATE;
            case "date-time" -> Kind.DATE_TIME;
            case "uuid" -> Kind.UUID;
            case "byte" -> Kind.BASE64;
            case "binary" -> Kind.BYTES;
            default -> {
                if (!FREE.contains(flat.format)) {
                    losses.unchecked(at, "format " + flat.format);
                }
                yield Kind.STRING;
            }
        };
    }
}
