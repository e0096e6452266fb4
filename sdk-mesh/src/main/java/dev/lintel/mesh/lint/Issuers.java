package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.stream.Stream;

/**
 * One issuer in two RequestAuthentications for the same workloads: what either of them accepts is accepted, so that keys
 * of somebody else or another audience in one of them open what asks for a token of this issuer. Of one of ours and one of
 * others the latter is what is to be looked at.
 */
final class Issuers implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        List<Tokens> all = scene.all(Scene.AUTHENTICATION).stream()
                .map(one -> new Tokens(one, scene.scope(one)))
                .toList();
        Near<Tokens> near = new Near<>(scene, all, tokens -> tokens.scope);
        for (Tokens tokens : all) {
            if (!Scene.isOurs(tokens.manifest)) {
                near.of(tokens).stream()
                        .filter(other -> other != tokens)
                        .forEach(other -> compare(tokens, other, report));
            }
        }
    }

    private static void compare(Tokens tokens, Tokens other, Report report) {
        for (Part rule : tokens.rules) {
            for (Part its : other.rules) {
                String issuer = rule.get("issuer").text();
                String meant = its.get("issuer").text();
                if (issuer.isEmpty() && !meant.isEmpty()) {
                    anybody(tokens.manifest, rule, other.manifest, its, report);
                } else if (!issuer.isEmpty() && issuer.equals(meant)) {
                    keys(tokens.manifest, rule, other.manifest, its, report);
                    audiences(tokens.manifest, rule, other.manifest, its, report);
                }
            }
        }
    }

    /** Where no issuer is said proxies do not look at the iss of a token. */
    private static void anybody(Manifest tokens, Part rule, Manifest other, Part its, Report report) {
        report.add(
                LintCode.ISSUER_TWICE,
                tokens,
                rule.path(),
                "takes tokens " + words(keys(rule)) + " whoever they say issued them, and " + other.id() + " those of '"
                        + its.get("issuer").text() + "' " + words(keys(its))
                        + " for the same workloads: a token that one of them takes is taken",
                "say the issuer whose keys these are");
    }

    private static void keys(Manifest tokens, Part rule, Manifest other, Part its, Report report) {
        Part mine = keys(rule);
        Part theirs = keys(its);
        if (!mine.text().equals(theirs.text())) {
            add(tokens, mine.isThere() ? mine : rule, rule, words(mine), other, words(theirs), "keys", report);
        }
    }

    /** The field has two names, of which an object may say either. */
    private static Part keys(Part rule) {
        return Stream.of("jwks", "jwks_uri")
                .map(rule::get)
                .filter(Part::isThere)
                .findFirst()
                .orElse(rule.get("jwksUri"));
    }

    private static String words(Part keys) {
        if (!keys.isThere()) {
            return "by the keys that the issuer publishes";
        }
        return keys.key().equals("jwks") ? "by keys that it holds" : "by the keys at '" + keys.text() + "'";
    }

    private static void audiences(Manifest tokens, Part rule, Manifest other, Part its, Report report) {
        List<String> mine = rule.get("audiences").texts();
        List<String> theirs = its.get("audiences").texts();
        if (!theirs.isEmpty() && (mine.isEmpty() || !theirs.containsAll(mine))) {
            Part where = mine.isEmpty() ? rule : rule.get("audiences");
            String wide = mine.isEmpty() ? "for any audience" : "for " + mine;
            add(tokens, where, rule, wide, other, "for " + theirs, "audiences", report);
        }
    }

    private static void add(
            Manifest tokens,
            Part where,
            Part rule,
            String mine,
            Manifest other,
            String theirs,
            String what,
            Report report) {
        report.add(
                LintCode.ISSUER_TWICE,
                tokens,
                where.path(),
                "takes tokens of '" + rule.get("issuer").text() + "' " + mine + ", and " + other.id() + " " + theirs
                        + " for the same workloads: a token that one of them takes is taken",
                "say the same " + what + ", or leave the issuer out here");
    }

    /** A RequestAuthentication with what is asked about it again and again; two are the same only where they are one. */
    private static final class Tokens {
        private final Manifest manifest;
        private final Scope scope;
        private final List<Part> rules;

        private Tokens(Manifest manifest, Scope scope) {
            this.manifest = manifest;
            this.scope = scope;
            this.rules = Part.of(manifest).get("jwtRules").items();
        }
    }
}
