package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.joined;
import static dev.lintel.mesh.admission.Term.map;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One thing that is refused.
 *
 * @param name what tells it from others, in words joined by {@code _}
 * @param code of the refusal, for example {@code admission.host}
 * @param resources what it looks at
 * @param unless who and what is passed over
 * @param offenders texts of the object that are wrong; it is refused if there is one
 * @param wrong what is said before the first of them
 * @param hint what is to be done
 */
record Rule(
        String name, String code, List<Resource> resources, Term unless, Term offenders, String wrong, String hint) {
    Rule {
        resources = List.copyOf(resources);
    }

    /** The same of a rule that does not look at definitions: where one is refused, only the account is a wrong one. */
    Rule orByDefinition() {
        String also = hint + "; a definition is applied by an account of appliedBy(…)";
        return new Rule(name, code, resources, unless, offenders, wrong, also);
    }

    /** Whether a request is its business. */
    Term applies() {
        Term asked = resources.size() == 1
                ? resources.get(0).asked()
                : new Term.Or(
                        "asked_" + name, resources.stream().map(Resource::asked).toList());
        return Term.and(asked, Term.not(unless));
    }

    /** What is said about an offender. */
    Term message(String offender) {
        // Where nothing is left, as after a deletion, the object is named by what it was.
        Term name = Term.textOr(text(Term.BEFORE, "metadata", "name"), Term.NOW, "metadata", "name");
        return joined(
                say(code + ": "),
                text(Term.REQUEST, "kind", "kind"),
                say(" "),
                text(Term.REQUEST, "namespace"),
                say("/"),
                name,
                say(" " + wrong + " '"),
                Term.ref(offender),
                say("'; " + hint));
    }

    Optional<Refusal> judge(Map<String, ?> request) {
        Judge judge = new Judge(request);
        if (!judge.holds(applies())) {
            return Optional.empty();
        }
        List<?> found = judge.list(offenders);
        return found.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Refusal(code, judge.with("offender", found.get(0)).text(message("offender"))));
    }

    /** That somebody else changes something of an object whose meaning stays: its labels, say, or who owns it. */
    static Term unchanged() {
        return Term.and(
                new Term.Same(text(Term.REQUEST, "operation"), say("UPDATE")),
                new Term.Same(map(Term.NOW, "spec"), map(Term.BEFORE, "spec")),
                new Term.Same(map(Term.NOW, "template"), map(Term.BEFORE, "template")));
    }

    /** The same of an object whose labels mean something. */
    static Term unchangedWithLabels() {
        return Term.and(
                unchanged(),
                new Term.Same(map(Term.NOW, "metadata", "labels"), map(Term.BEFORE, "metadata", "labels")));
    }

    /** The groups that some rules look at, with their resources or kinds. */
    static Map<String, TreeSet<String>> byGroup(List<Rule> rules, java.util.function.Function<Resource, String> what) {
        Map<String, TreeSet<String>> groups = new java.util.TreeMap<>();
        rules.forEach(rule -> rule.resources()
                .forEach(one -> groups.computeIfAbsent(one.group(), g -> new TreeSet<>())
                        .add(what.apply(one))));
        return groups;
    }
}
