package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;

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
                if (!issuer.isEmpty() && issuer.equals(its.get("issuer").text())) {
                    keys(tokens.manifest, rule, other.manifest, its, report);
                    audiences(tokens.manifest, rule, other.manifest, its, report);
                }
            }
        }
    }

    private static void keys(Manifest tokens, Part rule, Manifest other, Part its, Report report) {
        Part mine = keys(rule);
        Part theirs = keys(its);
        if (!mine.text().equals(theirs.text())) {
            add(tokens, mine.isThere() ? mine : rule, rule, words(mine), other, words(theirs), "keys", report);
        }
    }

    private static Part keys(Part rule) {
        return rule.get("jwks").isThere() ? rule.get("jwks") : rule.get("jwksUri");
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
