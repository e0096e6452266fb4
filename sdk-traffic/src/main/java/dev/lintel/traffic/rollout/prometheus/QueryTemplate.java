package dev.lintel.traffic.rollout.prometheus;

import dev.lintel.core.Durations;
import dev.lintel.core.metric.Question;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A query in PromQL with places for what is asked about. Names are put in as the content of a quoted string: whatever they
 * hold, they cannot end it.
 *
 * @param text with {@code $service}, {@code $namespace}, {@code $version}, {@code $quantile} and {@code $window}
 */
record QueryTemplate(String text) {
    private static final Pattern PLACE = Pattern.compile("\\$([A-Za-z_]*)");
    private static final Pattern IN_REGEX =
            Pattern.compile("[=!]~\\s*([\"'])(?:(?!\\1).)*\\$(service|namespace|version)");
    private static final List<String> PLACES = List.of("service", "namespace", "version", "quantile", "window");
    private static final int LONGEST = 4096;

    QueryTemplate {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a query must be 1 to " + LONGEST + " characters, but was " + text.length());
        }
        if (text.indexOf('`') >= 0) {
            throw new IllegalArgumentException(
                    "a query must quote strings by \" or ', because nothing can be escaped between `: " + text);
        }
        PLACE.matcher(text).results().forEach(place -> {
            if (!PLACES.contains(place.group(1))) {
                throw new IllegalArgumentException("a query has no place '" + place.group() + "'; there are $"
                        + String.join(", $", PLACES) + ": " + text);
            }
        });
        Matcher regex = IN_REGEX.matcher(text);
        if (regex.find()) {
            throw new IllegalArgumentException("'$" + regex.group(2) + "' stands in a regular expression, where a name"
                    + " could match others; compare it by = or != : " + text);
        }
    }

    /** The query for one question. */
    String of(String service, String namespace, Question question) {
        Map<String, String> values = new LinkedHashMap<>();
        values.put("service", escape(service));
        values.put("namespace", escape(namespace));
        values.put("version", escape(question.version()));
        values.put("quantile", Double.toString(question.quantile()));
        values.put("window", window(question));
        return PLACE.matcher(text)
                .replaceAll(
                        (MatchResult place) -> Matcher.quoteReplacement(String.valueOf(values.get(place.group(1)))));
    }

    /** Prometheus knows nothing shorter than a millisecond. */
    private static String window(Question question) {
        return Durations.write(Duration.ofMillis(Math.max(1, question.window().toMillis())));
    }

    /** PromQL follows Go's escapes; this one means the same between both kinds of quotes. */
    private static String escape(String value) {
        StringBuilder escaped = new StringBuilder();
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\'' || c == '\\' || Character.isISOControl(c)) {
                escaped.append(String.format("\\u%04x", (int) c));
            } else {
                escaped.append(c);
            }
        }
        return escaped.toString();
    }
}
