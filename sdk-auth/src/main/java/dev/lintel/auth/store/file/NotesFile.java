package dev.lintel.auth.store.file;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/** Notes beside secrets, as a file with a line {@code name=text} for each. */
final class NotesFile {
    static final String NAME = ".notes";
    static final int MOST_BYTES = 16 * 1024;

    private NotesFile() {}

    static String text(Map<String, String> notes) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(notes)
                .forEach((name, note) -> text.append(name)
                        .append('=')
                        .append(note.replaceAll("\\p{Cntrl}", " "))
                        .append('\n'));
        return text.toString();
    }

    /** What is no line of that form counts as missing. */
    static Map<String, String> read(byte[] bytes) {
        Map<String, String> notes = new LinkedHashMap<>();
        new String(bytes, StandardCharsets.UTF_8).lines().forEach(line -> {
            int end = line.indexOf('=');
            if (end > 0) {
                notes.put(line.substring(0, end), line.substring(end + 1));
            }
        });
        return notes;
    }
}
