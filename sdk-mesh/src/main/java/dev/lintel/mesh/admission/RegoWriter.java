package dev.lintel.mesh.admission;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Writes terms as Rego v1. What is one of several, or is denied as a whole, becomes a function of its own.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/policy-language">OPA, Policy Language</a>
 */
final class RegoWriter {
    private static final Set<String> GLOBAL = Set.of("request", "now", "before");

    private final Map<String, Term> functions = new LinkedHashMap<>();
    private final StringBuilder definitions = new StringBuilder();

    /** The functions that what was written so far calls. */
    String definitions() {
        return definitions.toString();
    }

    /** What must hold, one expression for each line. */
    List<String> body(Term term) {
        if (term instanceof Term.And and) {
            return and.all().stream().flatMap(one -> body(one).stream()).toList();
        } else if (term instanceof Term.Same same) {
            return List.of(of(same.one()) + " == " + of(same.other()));
        } else if (term instanceof Term.In in) {
            return List.of(of(in.item()) + " in " + of(in.list()));
        } else if (term instanceof Term.Matches matches) {
            return List.of("regex.match(" + of(matches.expression()) + ", " + of(matches.text()) + ")");
        } else if (term instanceof Term.Empty empty) {
            return List.of("count(" + of(empty.of()) + ") == 0");
        } else if (term instanceof Term.Any any) {
            return List.of("count([1 | some " + any.item().name() + " in " + of(any.list()) + "; "
                    + String.join("; ", body(any.condition())) + "]) > 0");
        } else if (term instanceof Term.Every every) {
            return List.of("every " + every.item().name() + " in " + of(every.list()) + " { "
                    + String.join("; ", body(every.condition())) + " }");
        } else if (term instanceof Term.Truth truth) {
            return List.of(Boolean.toString(truth.value()));
        } else if (term instanceof Term.Or or) {
            return List.of(call(or.name(), or));
        } else if (term instanceof Term.Not not) {
            List<String> inner = body(not.condition());
            boolean plain = inner.size() == 1
                    && !inner.get(0).startsWith("every ")
                    && !inner.get(0).startsWith("not ");
            return List.of("not " + (plain ? inner.get(0) : call("all_of", not.condition())));
        }
        throw new IllegalStateException("no Rego is known for " + term);
    }

    String of(Term term) {
        if (term instanceof Term.Text text) {
            return Quoted.text(text.value());
        } else if (term instanceof Term.Texts texts) {
            return Quoted.list(texts.values());
        } else if (term instanceof Term.Nothing) {
            return "{}";
        } else if (term instanceof Term.Truth truth) {
            return Boolean.toString(truth.value());
        } else if (term instanceof Term.Ref ref) {
            return ref.name();
        } else if (term instanceof Term.Get get) {
            return "object.get(" + of(get.of()) + ", " + Quoted.list(get.path()) + ", " + of(get.missing()) + ")";
        } else if (term instanceof Term.Joined joined) {
            return joined.parts().stream().map(this::of).collect(Collectors.joining(", ", "concat(\"\", [", "])"));
        } else if (term instanceof Term.Commas commas) {
            return "concat(\", \", " + of(commas.list()) + ")";
        } else if (term instanceof Term.Lower lower) {
            return "lower(" + of(lower.text()) + ")";
        } else if (term instanceof Term.Each each) {
            return "[" + of(each.result()) + " | some " + each.item().name() + " in " + of(each.list()) + "; "
                    + String.join("; ", body(each.when())) + "]";
        } else if (term instanceof Term.When when) {
            return "[" + of(when.item()) + " | " + String.join("; ", body(when.condition())) + "]";
        } else if (term instanceof Term.Together together) {
            return together.lists().stream()
                    .map(this::of)
                    .reduce((all, next) -> "array.concat(" + all + ", " + next + ")")
                    .orElse("[]");
        } else if (term instanceof Term.Values values) {
            return "[value | some value in " + of(values.map()) + "]";
        }
        throw new IllegalStateException("no Rego is known for " + term);
    }

    private String call(String wanted, Term condition) {
        String name = wanted;
        for (int i = 2; functions.containsKey(name) && !condition.equals(functions.get(name)); i++) {
            name = wanted + "_" + i;
        }
        Set<String> given = free(condition);
        if (functions.putIfAbsent(name, condition) == null) {
            List<Term> ways = condition instanceof Term.Or or ? or.any() : List.of(condition);
            StringBuilder text = new StringBuilder();
            for (Term way : ways) {
                Set<String> used = free(way);
                text.append(name)
                        .append(arguments(given.stream()
                                .map(one -> used.contains(one) ? one : "_")
                                .toList()))
                        .append(" if {\n");
                body(way).forEach(line -> text.append('\t').append(line).append('\n'));
                text.append("}\n\n");
            }
            definitions.append(text);
        }
        return name + arguments(List.copyOf(given));
    }

    private static String arguments(List<String> names) {
        return names.isEmpty() ? "" : "(" + String.join(", ", names) + ")";
    }

    /** The names that a term uses and does not give itself, in the order of their first use. */
    private static Set<String> free(Term term) {
        Set<String> free = new LinkedHashSet<>();
        if (term instanceof Term.Ref ref) {
            free.add(ref.name());
        } else if (term instanceof Term.Each each) {
            bound(free, each.list(), each.item(), List.of(each.when(), each.result()));
        } else if (term instanceof Term.Any any) {
            bound(free, any.list(), any.item(), List.of(any.condition()));
        } else if (term instanceof Term.Every every) {
            bound(free, every.list(), every.item(), List.of(every.condition()));
        } else {
            parts(term).forEach(part -> free.addAll(free(part)));
        }
        free.removeAll(GLOBAL);
        return free;
    }

    private static void bound(Set<String> free, Term list, Term.Ref item, List<Term> inside) {
        Set<String> inner = new LinkedHashSet<>();
        inside.forEach(term -> inner.addAll(free(term)));
        inner.remove(item.name());
        free.addAll(free(list));
        free.addAll(inner);
    }

    private static List<Term> parts(Term term) {
        if (term instanceof Term.Get get) {
            return List.of(get.of(), get.missing());
        } else if (term instanceof Term.Joined joined) {
            return joined.parts();
        } else if (term instanceof Term.Commas commas) {
            return List.of(commas.list());
        } else if (term instanceof Term.Lower lower) {
            return List.of(lower.text());
        } else if (term instanceof Term.When when) {
            return List.of(when.condition(), when.item());
        } else if (term instanceof Term.Together together) {
            return together.lists();
        } else if (term instanceof Term.Values values) {
            return List.of(values.map());
        } else if (term instanceof Term.Same same) {
            return List.of(same.one(), same.other());
        } else if (term instanceof Term.In in) {
            return List.of(in.item(), in.list());
        } else if (term instanceof Term.Matches matches) {
            return List.of(matches.text(), matches.expression());
        } else if (term instanceof Term.Empty empty) {
            return List.of(empty.of());
        } else if (term instanceof Term.And and) {
            return and.all();
        } else if (term instanceof Term.Or or) {
            return or.any();
        } else if (term instanceof Term.Not not) {
            return List.of(not.condition());
        }
        return new ArrayList<>();
    }

    /** A set of what is refused, each with its message. */
    String violation(Rule rule) {
        StringBuilder text = new StringBuilder(
                "violation contains {\"msg\": msg, \"details\": {\"code\": " + Quoted.text(rule.code()) + "}} if {\n");
        Stream.of(
                        body(rule.applies()).stream(),
                        Stream.of(
                                "offenders := " + of(rule.offenders()),
                                "count(offenders) > 0",
                                "msg := " + of(rule.message("offenders[0]"))))
                .flatMap(lines -> lines)
                .forEach(line -> text.append('\t').append(line).append('\n'));
        return text.append("}\n\n").toString();
    }
}
