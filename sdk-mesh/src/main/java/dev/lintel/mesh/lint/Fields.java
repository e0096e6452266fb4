package dev.lintel.mesh.lint;

import dev.lintel.core.Spelling;
import dev.lintel.mesh.Manifest;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Fields that a kind does not have, and values that they cannot hold: a cluster refuses the object, or drops the field, and
 * what is left asks or says less than it looks like.
 */
final class Fields implements Rule {
    @Override
    public void check(Scene scene, Report report) {
        Manifest last = null;
        Field spec = null;
        for (Manifest manifest : scene.all()) {
            if (last == null
                    || !manifest.kind().equals(last.kind())
                    || !manifest.apiVersion().equals(last.apiVersion())) {
                spec = FieldTable.of(manifest.apiVersion(), manifest.kind());
            }
            last = manifest;
            if (spec != null) {
                new Walk((code, path, message, hint) -> report.add(code, manifest, path, message, hint))
                        .each(manifest.spec(), spec, Part.of(manifest));
            }
        }
    }

    /** Where what is found goes. */
    interface Found {
        void add(LintCode code, String path, String message, String hint);
    }

    /** Through the parts of one object. */
    static final class Walk {
        /** Of one object; more of them tell nothing more. */
        private static final int MOST = 50;

        private final Found found;
        private int left = MOST;

        Walk(Found found) {
            this.found = found;
        }

        /** The fields of a map, one by one. */
        void each(Map<?, ?> map, Field field, Part part) {
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                String name = String.valueOf(entry.getKey());
                Field below = left > 0 ? known(name, field, part) : null;
                if (below != null) {
                    value(entry.getValue(), below, part, name, -1);
                }
            }
        }

        private void value(@Nullable Object value, Field field, Part above, String key, int index) {
            if (value == null || left <= 0) {
                return;
            }
            Values.Wrong wrong = Values.wrong(value, field);
            if (wrong != null) {
                add(wrong.code(), new Part(value, above, key, index).path(), wrong.message(), wrong.hint());
            } else if (value instanceof Map<?, ?> map && !field.below().isEmpty()) {
                each(map, field, new Part(value, above, key, index));
            } else if (value instanceof List<?> list && field.each() != null) {
                Part part = new Part(value, above, key, index);
                for (int i = 0; i < list.size(); i++) {
                    value(list.get(i), field.each(), part, "", i);
                }
            }
        }

        /** The field of this name; null if there is none, which is told. */
        private @Nullable Field known(String name, Field field, Part part) {
            Field below = field.below().get(name);
            if (below != null) {
                return below;
            }
            Field any = field.below().get(Field.ANY);
            if (any != null && field.below().size() == 1) {
                return any;
            }
            Set<String> names = new LinkedHashSet<>(field.below().keySet());
            names.remove(Field.ANY);
            Optional<String> near = Spelling.near(name, names);
            if (any != null && near.isEmpty()) {
                return any;
            }
            String shown = Values.shown(name);
            add(
                    near.isPresent() ? LintCode.MISSPELLED_FIELD : LintCode.UNKNOWN_FIELD,
                    shown.equals(name) ? part.get(name).path() : part.path(),
                    "there is no field '" + shown
                            + "' here: a cluster refuses the object, or drops the field and lets the rest"
                            + " count without it",
                    near.map(other -> "did you mean '" + other + "'?").orElse("leave it out, or say one of " + names));
            return null;
        }

        private void add(LintCode code, String path, String message, String hint) {
            found.add(code, path, message, hint);
            left--;
        }
    }
}
