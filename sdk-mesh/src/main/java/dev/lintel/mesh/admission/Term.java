package dev.lintel.mesh.admission;

import java.util.List;

/**
 * What guard rails are made of: written as CEL, written as Rego, and evaluated here, so that all three decide the same.
 *
 * <p>A text, a list, a map or a truth. {@code request} is the request for admission, {@code now} the object after it and
 * {@code before} the object before it, empty maps where there is none.
 */
sealed interface Term {
    Ref REQUEST = new Ref("request");
    Ref NOW = new Ref("now");
    Ref BEFORE = new Ref("before");

    /** A text that is known. */
    record Text(String value) implements Term {}

    /** Texts that are known. */
    record Texts(List<String> values) implements Term {
        public Texts {
            values = List.copyOf(values);
        }
    }

    /** A map without entries. */
    record Nothing() implements Term {}

    /** A truth that is known. */
    record Truth(boolean value) implements Term {}

    /** The request, an object of it, or what an enclosing term calls by this name. */
    record Ref(String name) implements Term {}

    /** A field, or what stands for it where it is missing. */
    record Get(Term of, List<String> path, Term missing) implements Term {
        public Get {
            path = List.copyOf(path);
        }
    }

    /** Texts, one behind the other. */
    record Joined(List<Term> parts) implements Term {
        public Joined {
            parts = List.copyOf(parts);
        }
    }

    /** The texts of a list, with commas. */
    record Commas(Term list) implements Term {}

    /** A text in lower case. */
    record Lower(Term text) implements Term {}

    /** Something of each item for which a condition holds. */
    record Each(Term list, Ref item, Term when, Term result) implements Term {}

    /** A list of one where a condition holds, else of none. */
    record When(Term condition, Term item) implements Term {}

    /** Lists, one behind the other. */
    record Together(List<Term> lists) implements Term {
        public Together {
            lists = List.copyOf(lists);
        }
    }

    /** What the keys of a map lead to. */
    record Values(Term map) implements Term {}

    /** Whether both are equal. */
    record Same(Term one, Term other) implements Term {}

    /** Whether a list has a text. */
    record In(Term item, Term list) implements Term {}

    /** Whether a text has the form of an expression in RE2's syntax. */
    record Matches(Term text, Term expression) implements Term {}

    /** Whether a list or a map has nothing. */
    record Empty(Term of) implements Term {}

    /** Whether a condition holds for an item. */
    record Any(Term list, Ref item, Term condition) implements Term {}

    /** Whether a condition holds for all items. */
    record Every(Term list, Ref item, Term condition) implements Term {}

    /** Whether all conditions hold. */
    record And(List<Term> all) implements Term {
        public And {
            all = List.copyOf(all);
        }
    }

    /** Whether one of some conditions holds, under a name by which Rego has it. */
    record Or(String name, List<Term> any) implements Term {
        public Or {
            any = List.copyOf(any);
        }
    }

    /** Whether a condition does not hold. */
    record Not(Term condition) implements Term {}

    static Ref ref(String name) {
        return new Ref(name);
    }

    static Text say(String value) {
        return new Text(value);
    }

    static Texts say(List<String> values) {
        return new Texts(values);
    }

    static Term text(Term of, String... path) {
        return new Get(of, List.of(path), new Text(""));
    }

    static Term textOr(Term missing, Term of, String... path) {
        return new Get(of, List.of(path), missing);
    }

    static Term list(Term of, String... path) {
        return new Get(of, List.of(path), new Texts(List.of()));
    }

    static Term map(Term of, String... path) {
        return new Get(of, List.of(path), new Nothing());
    }

    static Term is(Term of, String... path) {
        return new Same(new Get(of, List.of(path), new Truth(false)), new Truth(true));
    }

    static Term joined(Term... parts) {
        return new Joined(List.of(parts));
    }

    static Term and(Term... all) {
        return new And(List.of(all));
    }

    static Term or(String name, Term... any) {
        return new Or(name, List.of(any));
    }

    static Term not(Term condition) {
        return new Not(condition);
    }

    static Term in(Term item, String... values) {
        return new In(item, new Texts(List.of(values)));
    }

    static Term in(Term item, List<String> values) {
        return new In(item, new Texts(values));
    }

    static Term matches(Term text, String expression) {
        return new Matches(text, new Text(expression));
    }

    static Term together(Term... lists) {
        return new Together(List.of(lists));
    }
}
