package dev.lintel.mesh.istio;

import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.istio.GatewayDenial.Why;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the gateway asks of requests for the hosts of one API: each rule refuses those that fall short in one way, so that
 * whoever falls short in none is let through.
 */
final class GatewayAccess {
    private static final String ALL = "*";
    private static final String OF_ISSUER = "/*";

    private final List<GatewayDenial> rules;
    private final List<PathPattern> claims;
    private final List<PathPattern> others;
    private final List<Issuer> trusted;
    private final Fields place;
    private final Set<String> said = new LinkedHashSet<>();
    private @Nullable Judged judged;

    GatewayAccess(
            List<GatewayDenial> rules,
            List<PathPattern> own,
            List<PathPattern> others,
            List<Issuer> trusted,
            Fields place) {
        this.others = others;
        this.claims = Stream.concat(own.stream(), others.stream())
                .sorted(Precedence.ofPaths())
                .toList();
        this.rules = rules;
        this.trusted = trusted;
        this.place = place;
    }

    /** Which tokens are good at a path: those of some issuers, for one of some audiences, or for any. */
    private record Judged(Set<String> issuers, Set<String> audiences) {}

    /** Whether the gateway asks about nothing but what a token is worth that is shown anywhere. */
    boolean isEmpty() {
        return rules.isEmpty();
    }

    /** The issuers whose tokens are good here. */
    List<Issuer> issuers() {
        Judged known = judged;
        return known == null
                ? trusted
                : trusted.stream()
                        .filter(issuer -> known.issuers().contains(issuer.issuer()))
                        .toList();
    }

    List<String> audiences() {
        return judged == null ? List.of() : List.copyOf(judged.audiences());
    }

    /** All paths that tell something apart. */
    Set<PathPattern> patterns() {
        Set<PathPattern> patterns = new LinkedHashSet<>(rules.isEmpty() ? List.of() : others);
        paths().forEach(path -> patterns.add(path.atom()));
        return patterns;
    }

    /** All paths that the rules name, as they are compared. */
    Set<PathExpression> paths() {
        Set<PathExpression> paths = new LinkedHashSet<>();
        rules.stream().flatMap(rule -> rule.where().stream()).forEach(where -> {
            paths.addAll(where.paths());
            paths.addAll(where.notPaths());
        });
        return paths;
    }

    /** The paths of the hosts of which is said to whom they belong, to the API or to others. */
    List<PathPattern> claims() {
        return claims;
    }

    /** Whether a rule asks at a path with templates, which Envoy does not find in every path. */
    boolean hasTemplates() {
        return paths().stream().anyMatch(path -> Forms.hasTemplate(path.atom()));
    }

    /** The sets of methods that the rules name. */
    List<Set<String>> methods() {
        List<Set<String>> names = new ArrayList<>();
        rules.stream()
                .flatMap(rule -> rule.where().stream())
                .forEach(where -> names.add(where.methods().names()));
        return names;
    }

    /** What is asked of a request as the client makes it. */
    Requirement asked(String path, String method) {
        boolean ofOthers = claims.stream()
                .filter(claim -> claim.matches(path))
                .findFirst()
                .filter(others::contains)
                .isPresent();
        if (ofOthers) {
            return Requirement.PUBLIC;
        }
        List<GatewayDenial> here =
                rules.stream().filter(rule -> rule.covers(path, method)).toList();
        if (here.stream().anyMatch(rule -> rule.why() == Why.ALWAYS)) {
            return Requirement.DENIED;
        }
        Set<String> issuers = new TreeSet<>();
        trusted.forEach(issuer -> issuers.add(issuer.issuer()));
        Set<String> audiences = new LinkedHashSet<>();
        List<GatewayDenial> lacking = new ArrayList<>();
        Set<String> needed = null;
        for (GatewayDenial rule : here) {
            switch (rule.why()) {
                case NO_TOKEN -> needed = needed(rule, needed);
                case STRANGER -> issuers.retainAll(rule.names());
                case AUDIENCE -> {
                    if (!audiences.isEmpty() && !audiences.equals(new LinkedHashSet<>(rule.names()))) {
                        problem("asks for one of some audiences and one of others");
                    }
                    audiences.addAll(rule.names());
                }
                default -> lacking.add(rule);
            }
        }
        judge(new Judged(issuers, audiences), path);
        if (needed == null && lacking.isEmpty()) {
            return Requirement.PUBLIC;
        }
        if (needed != null && !needed.containsAll(issuers)) {
            problem("takes tokens of some issuers at '" + path + "' only where none is needed");
        }
        List<Grant> grants = grants(lacking);
        return issuers.isEmpty() || grants.isEmpty() ? Requirement.DENIED : new Requirement.Token(grants);
    }

    private Set<String> needed(GatewayDenial rule, @Nullable Set<String> before) {
        Set<String> named = new TreeSet<>();
        for (String name : rule.names()) {
            if (name.equals(ALL)) {
                trusted.forEach(issuer -> named.add(issuer.issuer()));
            } else if (name.endsWith(OF_ISSUER)) {
                named.add(name.substring(0, name.length() - OF_ISSUER.length()));
            } else {
                problem("asks for the token of somebody: " + name);
            }
        }
        if (before != null) {
            named.retainAll(before);
        }
        return named;
    }

    private void judge(Judged here, String path) {
        if (judged == null) {
            judged = here;
        } else if (!judged.equals(here)) {
            problem("judges tokens otherwise at '" + path + "'");
        }
    }

    /** Who falls short of none has one of what each rule asks for: all ways to have that. */
    private List<Grant> grants(List<GatewayDenial> lacking) {
        List<Grant> ways = List.of(Grant.NONE);
        for (GatewayDenial rule : lacking) {
            List<Grant> more = new ArrayList<>();
            for (Grant way : ways) {
                for (Grant one : rule.lacking()) {
                    Grant both = both(way, one);
                    if (!more.contains(both)) {
                        more.add(both);
                    }
                }
            }
            ways = more.stream()
                    .filter(way -> more.stream().noneMatch(other -> !other.equals(way) && asksMore(way, other)))
                    .toList();
            if (ways.size() > GatewayAccessWriter.MOST_RULES) {
                problem("lets tokens through in too many ways");
                return List.of();
            }
        }
        return ways;
    }

    private static Grant both(Grant one, Grant other) {
        Set<String> scopes = new TreeSet<>(one.scopes());
        scopes.addAll(other.scopes());
        List<Grant.ClaimRule> claims = new ArrayList<>(one.claims());
        other.claims().stream().filter(claim -> !claims.contains(claim)).forEach(claims::add);
        claims.sort(Comparator.comparing(Grant.ClaimRule::toString));
        return new Grant(List.copyOf(scopes), claims);
    }

    private static boolean asksMore(Grant way, Grant other) {
        return way.scopes().containsAll(other.scopes()) && way.claims().containsAll(other.claims());
    }

    private void problem(String message) {
        if (said.add(message)) {
            place.problem(message);
        }
    }
}
