package dev.lintel.core.evaluate;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compares claims with the values that a rule names. A rule names texts, so a number or a boolean is compared by the way
 * JSON writes it, a number without needless zeros; of a list one element is enough. Objects, lists in lists and null are
 * equal to no text.
 */
final class Claims {
    private Claims() {}

    static boolean hasOne(@Nullable Object claim, List<String> anyOf) {
        if (claim instanceof List<?> several) {
            for (int i = 0; i < several.size(); i++) {
                if (isOne(several.get(i), anyOf)) {
                    return true;
                }
            }
            return false;
        }
        return isOne(claim, anyOf);
    }

    static boolean hasOne(@Nullable Object claim, String value) {
        if (claim instanceof List<?> several) {
            for (int i = 0; i < several.size(); i++) {
                if (value.equals(text(several.get(i)))) {
                    return true;
                }
            }
            return false;
        }
        return value.equals(text(claim));
    }

    private static boolean isOne(@Nullable Object claim, List<String> anyOf) {
        String text = text(claim);
        return text != null && anyOf.contains(text);
    }

    /** A claim as text; null for one that is equal to no text. */
    static @Nullable String text(@Nullable Object claim) {
        if (claim instanceof String text) {
            return text;
        }
        if (claim instanceof Boolean truth) {
            return truth.toString();
        }
        if (claim instanceof Long || claim instanceof Integer || claim instanceof Short || claim instanceof Byte) {
            return claim.toString();
        }
        return claim instanceof Number number ? plain(number) : null;
    }

    private static @Nullable String plain(Number number) {
        try {
            BigDecimal exact = new BigDecimal(number.toString()).stripTrailingZeros();
            // Written out, 1e999999999 would fill the memory.
            return Math.abs((long) exact.scale()) > 40 ? exact.toString() : exact.toPlainString();
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
