package dev.lintel.mesh.admission;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Evaluates terms, as an apiserver and OPA do. */
final class Judge {
    private static final int LONGEST = 8_192;

    private final Map<String, Object> known;
    private final Map<String, Pattern> expressions;

    Judge(Map<String, ?> request) {
        this.known = new LinkedHashMap<>();
        this.expressions = new HashMap<>();
        known.put("request", request);
        known.put("now", request.get("object") instanceof Map<?, ?> now ? now : Map.of());
        known.put("before", request.get("oldObject") instanceof Map<?, ?> before ? before : Map.of());
    }

    private Judge(Judge outer, String name, Object item) {
        this.known = new LinkedHashMap<>(outer.known);
        this.expressions = outer.expressions;
        known.put(name, item);
    }

    /** The same, knowing something more. */
    Judge with(String name, Object value) {
        return new Judge(this, name, value);
    }

    boolean holds(Term term) {
        return Boolean.TRUE.equals(value(term));
    }

    String text(Term term) {
        return String.valueOf(value(term));
    }

    List<?> list(Term term) {
        return value(term) instanceof List<?> list ? list : List.of();
    }

    Object value(Term term) {
        if (term instanceof Term.Text text) {
            return text.value();
        } else if (term instanceof Term.Texts texts) {
            return texts.values();
        } else if (term instanceof Term.Nothing) {
            return Map.of();
        } else if (term instanceof Term.Truth truth) {
            return truth.value();
        } else if (term instanceof Term.Ref ref) {
            // Lists may hold nulls.
            return Objects.requireNonNullElse(known.get(ref.name()), Map.of());
        } else if (term instanceof Term.Get get) {
            return field(get);
        } else if (term instanceof Term.Joined joined) {
            StringBuilder all = new StringBuilder();
            joined.parts().forEach(part -> all.append(text(part)));
            return all.toString();
        } else if (term instanceof Term.Commas commas) {
            return String.join(
                    ", ", list(commas.list()).stream().map(String::valueOf).toList());
        } else if (term instanceof Term.Lower lower) {
            return text(lower.text()).toLowerCase(Locale.ROOT);
        } else if (term instanceof Term.Each each) {
            return list(each.list()).stream()
                    .map(item -> new Judge(this, each.item().name(), item))
                    .filter(judge -> judge.holds(each.when()))
                    .map(judge -> judge.value(each.result()))
                    .toList();
        } else if (term instanceof Term.When when) {
            return holds(when.condition()) ? List.of(value(when.item())) : List.of();
        } else if (term instanceof Term.Together together) {
            List<Object> all = new ArrayList<>();
            together.lists().forEach(list -> all.addAll(list(list)));
            return all;
        } else if (term instanceof Term.Values values) {
            return value(values.map()) instanceof Map<?, ?> map ? List.copyOf(map.values()) : List.of();
        }
        return truth(term);
    }

    private boolean truth(Term term) {
        if (term instanceof Term.Same same) {
            return value(same.one()).equals(value(same.other()));
        } else if (term instanceof Term.In in) {
            return list(in.list()).contains(value(in.item()));
        } else if (term instanceof Term.Matches matches) {
            return matches(text(matches.text()), text(matches.expression()));
        } else if (term instanceof Term.Empty empty) {
            Object value = value(empty.of());
            return value instanceof Map<?, ?> map ? map.isEmpty() : ((List<?>) value).isEmpty();
        } else if (term instanceof Term.Any any) {
            return list(any.list()).stream()
                    .anyMatch(item -> new Judge(this, any.item().name(), item).holds(any.condition()));
        } else if (term instanceof Term.Every every) {
            return list(every.list()).stream()
                    .allMatch(item -> new Judge(this, every.item().name(), item).holds(every.condition()));
        } else if (term instanceof Term.And and) {
            return and.all().stream().allMatch(this::holds);
        } else if (term instanceof Term.Or or) {
            return or.any().stream().anyMatch(this::holds);
        } else if (term instanceof Term.Not not) {
            return !holds(not.condition());
        }
        throw new IllegalStateException("no value is known for " + term);
    }

    private Object field(Term.Get get) {
        Object at = value(get.of());
        for (String name : get.path()) {
            at = at instanceof Map<?, ?> map ? map.get(name) : null;
            if (at == null) {
                return value(get.missing());
            }
        }
        return at;
    }

    /**
     * The expressions are ours, made of lists that were checked. Java's {@code $} also stands before a line feed at the end,
     * RE2's does not.
     */
    private boolean matches(String text, String expression) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException("a text of an object that is judged must have at most " + LONGEST
                    + " characters, but one begins with '" + text.substring(0, 40) + "'");
        }
        return expressions
                .computeIfAbsent(expression.replaceAll("\\$(?=$|\\|)", "\\\\z"), Pattern::compile)
                .matcher(text)
                .find();
    }
}
