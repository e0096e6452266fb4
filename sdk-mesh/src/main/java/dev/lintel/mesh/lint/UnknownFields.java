package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import java.util.List;
import java.util.Optional;

/** Fields that a kind does not have: a cluster drops them, and what is left asks or says less than it looks like. */
final class UnknownFields implements Rule {
    private static final int SHOWN = 60;
    /** Of one object; more of them tell nothing more. */
    private static final int MOST = 50;

    @Override
    public void check(Scene scene, Report report) {
        for (Manifest manifest : scene.all()) {
            FieldTable table = FieldTable.of(manifest.apiVersion(), manifest.kind());
            if (table != null) {
                int unusedLeft = check(manifest, Part.of(manifest), table, report, MOST);
            }
        }
    }

    /** Answers how many more may be told. */
    private static int check(Manifest manifest, Part part, FieldTable table, Report report, int most) {
        int left = table.below().isEmpty() ? 0 : most;
        for (Part item : left > 0 ? part.items() : List.<Part>of()) {
            left = check(manifest, item, table, report, left);
        }
        for (String name : left > 0 ? part.keys() : List.<String>of()) {
            FieldTable below = table.get(name);
            if (below != null) {
                left = below.below().isEmpty() ? left : check(manifest, part.get(name), below, report, left);
            } else if (left > 0) {
                unknown(manifest, part, name, table, report);
                left--;
            }
        }
        return table.below().isEmpty() ? most : left;
    }

    private static void unknown(Manifest manifest, Part part, String name, FieldTable table, Report report) {
        Optional<String> near = Spelling.near(name, table.below().keySet());
        String shown = name.length() > SHOWN ? name.substring(0, SHOWN) + "…" : name;
        report.add(
                near.isPresent() ? LintCode.MISSPELLED_FIELD : LintCode.UNKNOWN_FIELD,
                manifest,
                name.length() > SHOWN ? part.path() : part.get(name).path(),
                "there is no field '" + shown
                        + "' here: a cluster refuses the object, or drops the field and lets the rest"
                        + " count without it",
                near.map(field -> "did you mean '" + field + "'?")
                        .orElse("leave it out, or say one of " + table.below().keySet()));
    }
}
