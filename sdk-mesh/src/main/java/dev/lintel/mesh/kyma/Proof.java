package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Regions;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Compares what the controller makes of some rules with what was said, path by path, before they are written: a mistake of
 * ours or of the controller must end in a refusal, never in an open path.
 */
final class Proof {
    private final Access access;
    private final List<Rule> rules;
    private final List<Denial> denials;
    private final Controller controller;

    Proof(Access access, List<Rule> rules, List<Denial> denials) {
        this.access = access;
        this.rules = rules;
        this.denials = denials;
        this.controller = new Controller(rules);
    }

    /** What is refused because of a {@link #failure}. */
    Optional<Problem> problem(ApiModel api) {
        return failure()
                .map(why -> new Problem(
                        "kyma.unsafe",
                        api.id(),
                        "an APIRule would be understood otherwise than the access policy: " + why,
                        "ask for the same at these paths, or use Istio's own dialect",
                        api.origin()));
    }

    /** The first request that would fare otherwise, or the first pair of rules that would be refused; empty if all is well. */
    Optional<String> failure() {
        Optional<String> shadowed = shadowed(rules);
        return shadowed.isPresent() ? shadowed : different();
    }

    /** The first rule of which the controller says that an earlier one leaves nothing to it. */
    static Optional<String> shadowed(List<Rule> rules) {
        for (int i = 0; i < rules.size(); i++) {
            for (int j = 0; j < i; j++) {
                Rule earlier = rules.get(j);
                Rule later = rules.get(i);
                List<String> common = new ArrayList<>(later.methods());
                common.retainAll(earlier.methods());
                if (!common.isEmpty() && earlier.path().shadows(later.path())) {
                    return Optional.of(
                            common.get(0) + " " + later.path() + " is shadowed by " + earlier.path() + " before it");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<String> different() {
        for (String path : samples()) {
            for (String method : Methods.ALL) {
                Requirement said = said(path, method);
                Requirement made = made(path, method);
                if (!alike(said, made)) {
                    return Optional.of(method + " " + path + " would be " + made + " instead of " + said);
                }
            }
        }
        return Optional.empty();
    }

    private static boolean alike(Requirement one, Requirement other) {
        return one instanceof Requirement.Token a && other instanceof Requirement.Token b
                ? Set.copyOf(a.anyOf()).equals(Set.copyOf(b.anyOf()))
                : one.equals(other);
    }

    /** Paths at the edges of those that rules speak about, said or made, with and without a slash at the end. */
    private Set<String> samples() {
        Set<RulePath> paths = new LinkedHashSet<>();
        Set<PathPattern> patterns = new LinkedHashSet<>();
        access.rules().forEach(rule -> patterns.add(rule.endpoint().path()));
        Regions.of(patterns).forEach(region -> paths.addAll(RulePath.of(region)));
        rules.forEach(rule -> paths.add(rule.path()));
        denials.forEach(denial -> paths.add(denial.path()));
        String fresh = fresh(paths);
        Set<String> samples = new LinkedHashSet<>(List.of("/", "/" + fresh));
        for (RulePath path : paths) {
            String sample = path.sample(fresh);
            samples.add(sample);
            samples.add(sample.endsWith("/") ? sample + fresh : sample + "/");
            samples.add(sample.endsWith("/") ? sample + fresh + "/" : sample + "/" + fresh);
        }
        return samples;
    }

    /** A segment that no path names. */
    private static String fresh(Set<RulePath> paths) {
        String fresh = "any";
        for (int i = 0; names(paths, fresh); i++) {
            fresh = "any" + i;
        }
        return fresh;
    }

    private static boolean names(Set<RulePath> paths, String segment) {
        return paths.stream().anyMatch(path -> path.tokens().contains(segment));
    }

    private Requirement said(String path, String method) {
        if (!access.isRestricted()) {
            return Requirement.PUBLIC;
        }
        Requirement said = access.rules().stream()
                .filter(rule ->
                        rule.endpoint().path().matches(path) && rule.endpoint().allows(method))
                .findFirst()
                .map(AccessRule::requirement)
                .orElse(Requirement.DENIED);
        return said instanceof Requirement.Token token ? Controller.any(token.anyOf()) : said;
    }

    private Requirement made(String path, String method) {
        if (denials.stream().anyMatch(denial -> denial.refuses(path, method))) {
            return Requirement.DENIED;
        }
        return controller
                .routed(path, method)
                .map(rule -> controller.asked(path, method, rule.backend()))
                .orElse(Requirement.DENIED);
    }
}
