package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether values are what their fields may hold. */
final class Values {
    private static final int SHOWN = 60;
    /** Fewer letters are no part of a value by which it is known. */
    private static final int PART = 4;
    /** What YAML 1.1, as clusters read it, takes for true or false as well. */
    private static final Set<String> SWITCHES = Set.of("y", "n", "yes", "no", "on", "off", "true", "false");
    /** What Go calls units, and how many make a second. */
    private static final Map<String, Double> UNITS =
            Map.of("ns", 1e9, "us", 1e6, "µs", 1e6, "μs", 1e6, "ms", 1e3, "s", 1.0, "m", 1 / 60.0, "h", 1 / 3600.0);

    private static final Set<String> SPANS = Set.of("h", "m", "s", "ms");

    private Values() {}

    /** What is wrong with a value, and what to do about it. */
    record Wrong(LintCode code, String message, String hint) {}

    /**
     * Null if nothing is wrong. What is in maps and lists is not looked at. A text without letters is what is read of a field
     * with nothing behind it, which is one that is not said.
     */
    static @Nullable Wrong wrong(Object value, Field field) {
        if ("".equals(value)) {
            return null;
        }
        boolean right = switch (field.form()) {
            case ANYTHING -> true;
            case MAP -> value instanceof Map;
            case LIST -> value instanceof List;
            case TEXT, DURATION, SPAN -> value instanceof String;
            case BOOL ->
                value instanceof Boolean
                        || value instanceof String text && SWITCHES.contains(text.toLowerCase(Locale.ROOT));
            case NUMBER -> value instanceof Number;
            case INT -> value instanceof Number number && isWhole(number);
            case INT_OR_TEXT -> value instanceof String || value instanceof Number number && isWhole(number);
        };
        if (!right) {
            return new Wrong(
                    LintCode.WRONG_TYPE,
                    "there is " + words(value) + " here where " + field.form().words()
                            + " is due: a cluster refuses the object",
                    hint(value, field));
        }
        return switch (field.form()) {
            case DURATION, SPAN -> duration((String) value, field.form());
            case TEXT -> listed((String) value, field.values());
            case INT, NUMBER -> number((Number) value, field);
            default -> null;
        };
    }

    private static boolean isWhole(Number number) {
        return number instanceof Integer
                || number instanceof Long
                || number instanceof BigInteger
                || number instanceof BigDecimal big && big.stripTrailingZeros().scale() <= 0
                || number.doubleValue() == Math.rint(number.doubleValue());
    }

    private static String words(Object value) {
        if (value instanceof Map) {
            return "a map";
        }
        if (value instanceof List) {
            return "a list";
        }
        return value instanceof Boolean ? "true or false" : value instanceof Number ? "a number" : "a text";
    }

    private static String hint(Object value, Field field) {
        boolean single = !(value instanceof Map) && !(value instanceof List);
        return switch (field.form()) {
            case TEXT -> single ? "put it into quotes" : "say a text";
            case DURATION, SPAN -> "say a number and a unit, like 5s";
            case BOOL -> "say true or false, without quotes";
            case INT, NUMBER -> value instanceof String ? "say a number, without quotes" : "say a number";
            case LIST -> "say a list, also of one: each item after a '-'";
            default -> "say " + field.form().words();
        };
    }

    private static @Nullable Wrong listed(String text, List<String> values) {
        if (values.isEmpty() || values.contains(text)) {
            return null;
        }
        return new Wrong(
                LintCode.UNKNOWN_VALUE,
                "'" + shown(text) + "' is none of the values of this field: a cluster refuses the object",
                meant(text, values));
    }

    private static String meant(String text, List<String> values) {
        String upper = text.toUpperCase(Locale.ROOT);
        List<String> longer = values.stream()
                .filter(value ->
                        text.length() >= PART && value.toUpperCase(Locale.ROOT).contains(upper))
                .toList();
        String near = Spelling.near(text, values).orElse(longer.size() == 1 ? longer.get(0) : "");
        if (near.isEmpty()) {
            return "say one of " + values;
        }
        return "did you mean '" + near + "'?" + (near.equalsIgnoreCase(text) ? "" : " There are " + values);
    }

    private static @Nullable Wrong number(Number number, Field field) {
        double value = number.doubleValue();
        if (value < field.least() || value > field.most()) {
            String range = field.most() == Double.POSITIVE_INFINITY
                    ? plain(field.least()) + " or more"
                    : field.least() == Double.NEGATIVE_INFINITY
                            ? plain(field.most()) + " or less"
                            : "from " + plain(field.least()) + " to " + plain(field.most());
            return new Wrong(
                    LintCode.OUT_OF_RANGE,
                    shown(number.toString()) + " is no number that this field takes: it is refused",
                    "say one " + range);
        }
        return isWhole(number) && !field.values().isEmpty() ? listed(plain(value), field.values()) : null;
    }

    private static String plain(double number) {
        return number == Math.rint(number)
                ? BigDecimal.valueOf(number).toBigInteger().toString()
                : Double.toString(number);
    }

    private static @Nullable Wrong duration(String text, Field.Form form) {
        double seconds = form == Field.Form.SPAN ? span(text) : seconds(text);
        if (Double.isNaN(seconds)) {
            return new Wrong(
                    LintCode.NO_DURATION,
                    "'" + shown(text) + "' is no duration: a cluster refuses the object",
                    form == Field.Form.SPAN
                            ? "say numbers of at most five digits with the units h, m, s or ms, like 5s or 1m30s"
                            : "say a number and a unit, like 5s or 1m30s");
        }
        return form == Field.Form.DURATION && seconds < 0.001
                ? new Wrong(
                        LintCode.NO_DURATION,
                        "'" + shown(text) + "' is less than 1ms: a cluster refuses the object",
                        "say 1ms or more, or leave the field out")
                : null;
    }

    /** At most four parts, of at most five digits each. */
    private static double span(String text) {
        int parts = 0;
        int at = 0;
        while (at < text.length()) {
            int digits = skip(text, at, true);
            int unit = skip(text, digits, false);
            parts++;
            if (digits == at || digits - at > 5 || parts > 4 || !SPANS.contains(text.substring(digits, unit))) {
                return Double.NaN;
            }
            at = unit;
        }
        return parts == 0 ? Double.NaN : parts;
    }

    private static double seconds(String text) {
        int at = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        int sign = text.startsWith("-") ? -1 : 1;
        if (text.substring(at).equals("0")) {
            return 0;
        }
        double seconds = 0;
        boolean any = false;
        while (at < text.length()) {
            int whole = skip(text, at, true);
            boolean fraction = whole < text.length() && text.charAt(whole) == '.';
            int digits = fraction ? skip(text, whole + 1, true) : whole;
            int unit = skip(text, digits, false);
            Double factor = UNITS.get(text.substring(digits, unit));
            boolean none = digits == at || fraction && digits == whole + 1 && whole == at;
            if (none || factor == null || digits - at > SHOWN) {
                return Double.NaN;
            }
            seconds += Double.parseDouble(text.substring(at, digits)) / factor;
            any = true;
            at = unit;
        }
        return any ? sign * seconds : Double.NaN;
    }

    /** Behind the digits, or behind what are neither digits nor dots. */
    private static int skip(String text, int from, boolean digits) {
        int at = from;
        while (at < text.length()
                && (text.charAt(at) >= '0' && text.charAt(at) <= '9') == digits
                && (digits || text.charAt(at) != '.')) {
            at++;
        }
        return at;
    }

    /** No longer than a message may be. */
    static String shown(String text) {
        return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
    }
}
