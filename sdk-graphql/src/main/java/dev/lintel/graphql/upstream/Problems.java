package dev.lintel.graphql.upstream;

import dev.lintel.graphql.model.MediaType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What is told of answers that are not 2xx: problem details (RFC 9457) and the forms of violations that are common. It
 * never fails: what it does not understand it does not tell.
 */
public final class Problems {
    private static final int TEXT = 500;
    private static final int VIOLATIONS = 32;
    private static final int READ = 100_000;
    private static final List<String> LISTS = List.of("errors", "violations", "invalid-params", "invalidParams");
    private static final List<String> FIELDS = List.of("pointer", "field", "name", "parameter", "path", "propertyPath");
    private static final List<String> REASONS = List.of("detail", "message", "reason", "defaultMessage");

    private final ErrorDetails details;
    private final UnaryOperator<String> arguments;

    /**
     * The rules for one operation.
     *
     * @param details what of the service's own words is told
     * @param arguments the path of an argument for the service's word for it, empty if there is none
     */
    public Problems(ErrorDetails details, UnaryOperator<String> arguments) {
        this.details = details;
        this.arguments = arguments;
    }

    /**
     * What clients are told.
     *
     * @param answer whose status is not 2xx
     * @return the problem
     */
    public UpstreamProblem of(UpstreamAnswer answer) {
        Map<?, ?> said = body(answer);
        boolean shown = details == ErrorDetails.SHOWN;
        return new UpstreamProblem(
                UpstreamCode.of(answer.status()),
                answer.status(),
                shown ? text(said.get("title")) : null,
                shown ? text(said.get("detail")) : null,
                RetryAfter.of(answer),
                violations(said, shown));
    }

    private static Map<?, ?> body(UpstreamAnswer answer) {
        String type = answer.header("content-type");
        if (type == null || !MediaType.json(type) || answer.body().length > READ) {
            return Map.of();
        }
        try {
            return Json.read(answer.body()) instanceof Map<?, ?> map ? map : Map.of();
        } catch (UpstreamException e) {
            return Map.of();
        }
    }

    private List<Violation> violations(Map<?, ?> said, boolean shown) {
        List<Violation> found = new ArrayList<>();
        for (String list : LISTS) {
            if (said.get(list) instanceof List<?> items) {
                for (Object item : items) {
                    if (item instanceof Map<?, ?> one) {
                        add(found, first(one, FIELDS), first(one, REASONS), shown);
                    }
                }
            } else if (said.get(list) instanceof Map<?, ?> fields) {
                fields.forEach((field, reasons) -> {
                    Object reason = reasons instanceof List<?> many && !many.isEmpty() ? many.get(0) : reasons;
                    add(found, field, reason, shown);
                });
            }
        }
        return found;
    }

    private void add(List<Violation> found, @Nullable Object field, @Nullable Object reason, boolean shown) {
        if (found.size() < VIOLATIONS && field instanceof String name && name.length() <= TEXT) {
            String argument = arguments.apply(name);
            String text = shown ? text(reason) : null;
            // A field that is none of ours would be the service's own words.
            if (!argument.isEmpty()) {
                found.add(new Violation(argument, text == null ? "" : text));
            }
        }
    }

    private static @Nullable Object first(Map<?, ?> map, List<String> names) {
        for (String name : names) {
            if (map.get(name) != null) {
                return map.get(name);
            }
        }
        return null;
    }

    /** One line without an address in it, or nothing. */
    private static @Nullable String text(@Nullable Object value) {
        return value instanceof String text
                        && !text.isEmpty()
                        && text.length() <= TEXT
                        && !text.contains("://")
                        && text.chars().noneMatch(Character::isISOControl)
                ? text
                : null;
    }
}
