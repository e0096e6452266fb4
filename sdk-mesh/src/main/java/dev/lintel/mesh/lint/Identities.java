package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Callers by identities that are not proven, that nobody has, or that are merely not somebody's. */
final class Identities implements Rule {
    private static final Pattern PRINCIPAL = Pattern.compile("[^/*]+/ns/([^/*]+)/sa/([^/*]+)");

    @Override
    public void check(Scene scene, Report report) {
        Peers peers = new Peers(scene);
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            String mode = peers.mode(scene.scope(policy));
            for (Part rule : Policies.rules(policy)) {
                for (Part source : Policies.sources(rule)) {
                    mtls(policy, source, mode, report);
                    negative(policy, rule, source, mode, report);
                    source.get("principals").items().forEach(one -> account(scene, policy, one, report));
                }
            }
        }
    }

    private static void mtls(Manifest policy, Part source, String mode, Report report) {
        boolean never = mode.equals("DISABLE");
        boolean around = mode.equals("PERMISSIVE") && Policies.action(policy).equals("DENY");
        for (String field : Policies.CALLERS) {
            if (source.get(field).isThere() && (never || around)) {
                report.add(
                        LintCode.IDENTITY_WITHOUT_MTLS,
                        policy,
                        source.get(field).path(),
                        "asks for an identity, but the workloads' mutual TLS is " + mode
                                + ": a caller in plain text has none" + (around ? " and gets around the DENY" : ""),
                        "set the PeerAuthentication to STRICT");
            }
        }
    }

    private static void negative(Manifest policy, Part rule, Part source, String mode, Report report) {
        if (!Policies.action(policy).equals("ALLOW")) {
            return;
        }
        boolean asks = rule.get("when").items().stream()
                .anyMatch(when -> when.get("key").text().startsWith("request.auth.")
                        && when.get("values").isThere());
        Part tokens = source.get("notRequestPrincipals");
        if (tokens.isThere() && !source.get("requestPrincipals").isThere() && !asks) {
            add(policy, tokens, "a request without any token satisfies it", "requestPrincipals", report);
        }
        boolean open = mode.equals("PERMISSIVE") || mode.equals("DISABLE");
        boolean positive =
                Policies.CALLERS.stream().anyMatch(one -> source.get(one).isThere());
        if (!open || positive) {
            return;
        }
        for (String field : Policies.CALLERS) {
            Part not = source.get(Policies.not(field));
            if (not.isThere()) {
                add(policy, not, "a caller in plain text, who has no identity, satisfies it", field, report);
            }
        }
    }

    private static void add(Manifest policy, Part part, String why, String field, Report report) {
        report.add(
                LintCode.NEGATIVE_IDENTITY,
                policy,
                part.path(),
                "allows whoever is not one of " + part.texts() + ": " + why,
                "say who is allowed with " + field + ", or deny with a DENY policy");
    }

    private static void account(Scene scene, Manifest policy, Part principal, Report report) {
        Matcher parts = PRINCIPAL.matcher(principal.text());
        if (scene.all(Scene.ACCOUNT).isEmpty() || !parts.matches()) {
            return;
        }
        List<String> known = scene.all(Scene.ACCOUNT, parts.group(1)).stream()
                .map(Manifest::name)
                .toList();
        if (!known.isEmpty()
                && !known.contains(parts.group(2))
                && !parts.group(2).equals("default")) {
            report.add(
                    LintCode.UNKNOWN_ACCOUNT,
                    policy,
                    principal.path(),
                    "there is no ServiceAccount '" + parts.group(2) + "' in '" + parts.group(1) + "'",
                    "name one of " + known);
        }
    }
}
