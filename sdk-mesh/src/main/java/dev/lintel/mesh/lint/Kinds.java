package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Kinds and versions that the groups of a mesh do not have: a cluster refuses the object. */
final class Kinds implements Rule {
    /** Groups of which every kind is known; of others only what is nearly a known kind is told. */
    private static final Set<String> WHOLE = Set.of(
            "networking.istio.io",
            "security.istio.io",
            "telemetry.istio.io",
            "extensions.istio.io",
            "gateway.networking.k8s.io");
    /** Shorter groups are too near to others. */
    private static final int LONG = 12;

    @Override
    public void check(Scene scene, Report report) {
        Manifest served = null;
        for (Manifest manifest : scene.all()) {
            if (served != null
                    && manifest.kind().equals(served.kind())
                    && manifest.apiVersion().equals(served.apiVersion())) {
                continue;
            }
            String group = FieldTable.group(manifest.apiVersion());
            Set<String> versions = FieldTable.versions(group, manifest.kind());
            if (versions.contains(FieldTable.version(manifest.apiVersion()))) {
                served = manifest;
            } else if (!versions.isEmpty()) {
                version(manifest, group, versions, report);
            } else if (FieldTable.groups().contains(group)) {
                kind(manifest, group, report);
            } else {
                group(manifest, group, report);
            }
        }
    }

    private static void version(Manifest manifest, String group, Set<String> versions, Report report) {
        report.add(
                LintCode.UNKNOWN_VERSION,
                manifest,
                "apiVersion",
                manifest.kind() + " is not served as " + Values.shown(manifest.apiVersion())
                        + " by any release that is looked at: a cluster refuses the object",
                "say one of " + named(group, versions));
    }

    private static void kind(Manifest manifest, String group, Report report) {
        Optional<String> near = Spelling.near(manifest.kind(), FieldTable.kinds(group));
        List<String> elsewhere = elsewhere(manifest.kind());
        if (!elsewhere.isEmpty()) {
            tell(manifest, "apiVersion", "did you mean apiVersion " + String.join(" or ", elsewhere) + "?", report);
        } else if (near.isPresent()) {
            tell(manifest, "kind", "did you mean '" + near.get() + "'?", report);
        } else if (WHOLE.contains(group)) {
            tell(manifest, "kind", "say one of " + new TreeSet<>(FieldTable.kinds(group)), report);
        }
    }

    private static void group(Manifest manifest, String group, Report report) {
        if (group.length() < LONG) {
            return;
        }
        Spelling.near(group, FieldTable.groups())
                .filter(near -> FieldTable.kinds(near).contains(manifest.kind()))
                .ifPresent(near -> tell(manifest, "apiVersion", "did you mean the group '" + near + "'?", report));
    }

    /** The versions with their groups in which other groups have a kind. */
    private static List<String> elsewhere(String kind) {
        List<String> elsewhere = new ArrayList<>();
        for (String group : FieldTable.groups()) {
            elsewhere.addAll(named(group, FieldTable.versions(group, kind)).stream()
                    .limit(1)
                    .toList());
        }
        return elsewhere;
    }

    private static List<String> named(String group, Set<String> versions) {
        return versions.stream()
                .sorted(Comparator.comparing(Kinds::isEarly).thenComparing(Comparator.reverseOrder()))
                .map(version -> group.isEmpty() ? version : group + "/" + version)
                .toList();
    }

    private static boolean isEarly(String version) {
        return version.contains("alpha") || version.contains("beta");
    }

    private static void tell(Manifest manifest, String field, String hint, Report report) {
        report.add(
                LintCode.UNKNOWN_KIND,
                manifest,
                field,
                "there is no kind '" + Values.shown(manifest.kind()) + "' in '" + Values.shown(manifest.apiVersion())
                        + "': a cluster refuses the object",
                hint);
    }
}
