package dev.lintel.mesh.admission;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Writes terms as CEL, with what Kubernetes adds to it.
 *
 * @see <a href="https://kubernetes.io/docs/reference/using-api/cel/">Kubernetes, Common Expression Language</a>
 */
final class Cel {
    /** An object is null where there is none, and of null no field can be asked. */
    static final List<String> OBJECTS = List.of("now", "before");

    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    private Cel() {}

    static String of(Term term) {
        if (term instanceof Term.Text text) {
            return Quoted.text(text.value());
        } else if (term instanceof Term.Texts texts) {
            return Quoted.list(texts.values());
        } else if (term instanceof Term.Nothing) {
            return "{}";
        } else if (term instanceof Term.Truth truth) {
            return Boolean.toString(truth.value());
        } else if (term instanceof Term.Ref ref) {
            return OBJECTS.contains(ref.name()) ? "variables." + ref.name() : ref.name();
        } else if (term instanceof Term.Get get) {
            return of(get.of()) + get.path().stream().map(Cel::step).collect(Collectors.joining()) + ".orValue("
                    + of(get.missing()) + ")";
        } else if (term instanceof Term.Joined joined) {
            return between(joined.parts(), " + ");
        } else if (term instanceof Term.Commas commas) {
            return of(commas.list()) + ".join(\", \")";
        } else if (term instanceof Term.Lower lower) {
            return of(lower.text()) + ".lowerAscii()";
        } else if (term instanceof Term.Each each) {
            String item = of(each.item());
            return of(each.list()) + ".filter(" + item + ", " + of(each.when()) + ")"
                    + (each.result().equals(each.item()) ? "" : ".map(" + item + ", " + of(each.result()) + ")");
        } else if (term instanceof Term.When when) {
            return "(" + of(when.condition()) + " ? [" + of(when.item()) + "] : [])";
        } else if (term instanceof Term.Together together) {
            return between(together.lists(), " + ");
        } else if (term instanceof Term.Values values) {
            String map = of(values.map());
            return map + ".map(key, " + map + "[key])";
        }
        return truth(term);
    }

    private static String truth(Term term) {
        if (term instanceof Term.Same same) {
            return of(same.one()) + " == " + of(same.other());
        } else if (term instanceof Term.In in) {
            return of(in.item()) + " in " + of(in.list());
        } else if (term instanceof Term.Matches matches) {
            return of(matches.text()) + ".matches(" + of(matches.expression()) + ")";
        } else if (term instanceof Term.Empty empty) {
            return of(empty.of()) + ".size() == 0";
        } else if (term instanceof Term.Any any) {
            return of(any.list()) + ".exists(" + of(any.item()) + ", " + of(any.condition()) + ")";
        } else if (term instanceof Term.Every every) {
            return of(every.list()) + ".all(" + of(every.item()) + ", " + of(every.condition()) + ")";
        } else if (term instanceof Term.And and) {
            return between(and.all(), " && ");
        } else if (term instanceof Term.Or or) {
            return between(or.any(), " || ");
        } else if (term instanceof Term.Not not) {
            return "!(" + of(not.condition()) + ")";
        }
        throw new IllegalStateException("no CEL is known for " + term);
    }

    private static String between(List<Term> terms, String sign) {
        return terms.size() == 1
                ? of(terms.get(0))
                : terms.stream().map(Cel::of).collect(Collectors.joining(sign, "(", ")"));
    }

    private static String step(String name) {
        return NAME.matcher(name).matches() ? ".?" + name : "[?" + Quoted.text(name) + "]";
    }
}
