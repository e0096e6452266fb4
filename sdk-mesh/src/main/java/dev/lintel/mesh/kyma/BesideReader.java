package dev.lintel.mesh.kyma;

import dev.lintel.core.Problem;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads the policies of ours that stand beside an APIRule. */
final class BesideReader {
    private final List<Problem> problems;
    private final List<Denial> denials = new ArrayList<>();
    private final List<String> audiences = new ArrayList<>();
    private final List<Manifest> others = new ArrayList<>();
    private @Nullable Map<String, String> labels;
    private boolean inside;
    private boolean strict;

    BesideReader(List<Manifest> manifests, List<Problem> problems) {
        this.problems = problems;
        for (Manifest manifest : manifests) {
            Object action = manifest.spec().get("action");
            if (manifest.kind().equals(Beside.POLICY) && ("ALLOW".equals(action) || "DENY".equals(action))) {
                policy(manifest, "DENY".equals(action));
            } else {
                others.add(manifest);
                strict |= manifest.kind().equals("PeerAuthentication")
                        && Map.of("mode", "STRICT").equals(manifest.spec().get("mtls"));
            }
        }
    }

    /** What is denied. */
    List<Denial> denials() {
        return denials;
    }

    /** Of which a token must name one, wherever it is presented. */
    List<String> audiences() {
        return audiences;
    }

    /** What these policies select. */
    Optional<Map<String, String>> labels() {
        return Optional.ofNullable(labels);
    }

    /** What is not about access. */
    List<Manifest> others() {
        return others;
    }

    boolean letsCallersInsideGoOn() {
        return inside;
    }

    boolean isStrict() {
        return strict;
    }

    private void policy(Manifest manifest, boolean denies) {
        Part spec = new Part(manifest.id(), "spec", manifest.spec(), problems);
        Part selector = spec.part("selector");
        Map<String, String> selected = selector.pairs("matchLabels");
        selector.end();
        if (labels != null && !labels.equals(selected) || selected.isEmpty()) {
            spec.problem("selects " + selected + ", and the other policies " + labels);
        }
        labels = selected;
        spec.ignore("action");
        for (Part rule : spec.parts("rules")) {
            List<Part> from = rule.parts("from");
            if (from.size() != 1) {
                rule.problem(denies ? "refuses others than the gateway" : "lets in more than callers inside");
            }
            for (Part each : from) {
                Part source = each.part("source");
                if (denies) {
                    denied(rule, source);
                } else {
                    inside(source);
                }
                source.end();
                each.end();
            }
            rule.end();
        }
        spec.end();
    }

    /** An ALLOW policy is united with those of the controller, so that it must not open more. */
    private void inside(Part source) {
        boolean here = source.texts("notPrincipals").equals(List.of(KymaDialect.principal()));
        if (!here) {
            source.problem("lets in more than callers inside");
        }
        inside |= here;
    }

    private void denied(Part rule, Part source) {
        if (!source.texts("principals").equals(List.of(KymaDialect.principal()))) {
            source.problem("is not the gateway");
        }
        boolean shown = false;
        List<String> good = List.of();
        List<Part> conditions = rule.parts("when");
        for (Part when : conditions) {
            String key = String.valueOf(when.text("key"));
            if (key.equals(Beside.ISSUER)) {
                shown = when.texts("values").equals(List.of("*"));
            } else if (key.equals(Beside.AUDIENCE)) {
                good = when.texts("notValues");
            }
            when.end();
        }
        List<Part> operations = rule.parts("to");
        boolean judges = shown && !good.isEmpty() && conditions.size() == 2 && operations.isEmpty();
        if (judges) {
            audiences.addAll(good);
        } else if (!conditions.isEmpty() || operations.isEmpty()) {
            rule.problem("refuses for reasons that are not known here");
            operations.forEach(to -> to.ignore("operation"));
            return;
        }
        for (Part to : operations) {
            Part operation = to.part("operation");
            List<RulePath> paths = paths(operation, "paths");
            List<RulePath> not = paths(operation, "notPaths");
            List<String> methods = operation.texts("methods");
            if (paths.isEmpty()) {
                operation.problem("refuses at every path");
            }
            paths.forEach(path -> denials.add(new Denial(path, not, methods.isEmpty() ? Methods.ALL : methods)));
            operation.end();
            to.end();
        }
    }

    private static List<RulePath> paths(Part operation, String name) {
        List<RulePath> paths = new ArrayList<>();
        for (String text : operation.texts(name)) {
            String template = text.endsWith("/*") ? text.substring(0, text.length() - 1) + "{**}" : text;
            Optional<RulePath> path =
                    RulePath.parse(template).filter(one -> !one.patterns().isEmpty());
            path.ifPresent(paths::add);
            if (path.isEmpty()) {
                operation.problem(name + " does not match by whole segments: " + text);
            }
        }
        return paths;
    }
}
