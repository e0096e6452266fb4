package dev.lintel.mesh.lint;

import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Locale;

/** Paths, prefixes and hosts that take more or less than they look like, and policies that say nothing. */
final class RequestParts implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        for (Manifest routes : scene.all(Scene.VIRTUAL_SERVICE)) {
            for (Part match : Part.items(Routes.http(routes), "match")) {
                prefix(
                        routes,
                        match.get("uri", "prefix"),
                        match.get("uri", "prefix").text(),
                        report);
                headers(routes, match, report);
            }
        }
        for (Manifest policy : scene.all(Scene.AUTHORIZATION)) {
            String action = Policies.action(policy);
            if (!action.equals("ALLOW") && Policies.rules(policy).isEmpty()) {
                report.add(
                        LintCode.EMPTY_RULES,
                        policy,
                        "spec.rules",
                        action + " without rules meets no request",
                        "say a rule; '- {}' meets every request");
            }
            for (Part rule : Policies.rules(policy)) {
                Policies.operations(rule).forEach(operation -> operation(policy, operation, report));
            }
        }
    }

    /** Claims begin with a sign that no header's name has, and are told apart by cases. */
    private static void headers(Manifest routes, Part match, Report report) {
        for (String way : List.of("headers", "withoutHeaders")) {
            for (String name : match.get(way).keys()) {
                String lower = name.toLowerCase(Locale.ROOT);
                if (!name.equals(lower) && !name.startsWith("@")) {
                    report.add(
                            LintCode.HEADER_CASE,
                            routes,
                            match.get(way).path(),
                            "the header '" + name
                                    + "' is named with upper-case letters, where Istio asks for lower case",
                            "say '" + lower + "'");
                }
            }
        }
    }

    private static void operation(Manifest policy, Part operation, Report report) {
        for (String field : List.of("paths", "notPaths")) {
            for (Part path : operation.get(field).items()) {
                if (!Paths.canMatch(path.text())) {
                    boolean rooted = path.text().startsWith("/") || path.text().startsWith("*");
                    report.add(
                            LintCode.PATH_NEVER_MATCHES,
                            policy,
                            path.path(),
                            "no request has the path '" + path.text() + "': "
                                    + (rooted ? "a star counts at one end only" : "paths begin with a slash"),
                            rooted ? "use {*} for a segment, or {**} at the end" : "say '/" + path.text() + "'");
                } else if (path.text().endsWith("*") && path.text().startsWith("/")) {
                    prefix(policy, path, path.text().substring(0, path.text().length() - 1), report);
                }
            }
        }
        for (String field : List.of("hosts", "notHosts")) {
            List<String> hosts = operation.get(field).texts();
            for (Part host : operation.get(field).items()) {
                String text = host.text();
                boolean plain = text.indexOf(':') < 0 && text.indexOf('*') < 0;
                if (plain && !hosts.contains(text + ":*")) {
                    report.add(
                            LintCode.HOST_WITHOUT_PORT,
                            policy,
                            host.path(),
                            "'" + text + "' does not match '" + text + ":443', which a caller may send as well",
                            "add '" + text + ":*'");
                }
            }
        }
    }

    private static void prefix(Manifest manifest, Part part, String prefix, Report report) {
        if (prefix.length() > 1 && !prefix.endsWith("/")) {
            report.add(
                    LintCode.PREFIX_BY_LETTERS,
                    manifest,
                    part.path(),
                    "'" + prefix + "' also begins '" + prefix + "bar'",
                    "say '" + prefix + "' itself, and '" + prefix + "/' for what is below");
        }
    }
}
