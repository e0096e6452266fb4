package dev.lintel.mesh;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.stream.Collectors;

/** Where and why a text is no YAML, or no objects. */
public final class BrokenYaml {
    /** How the library begins a line that shows a place. */
    private static final String PLACE = " in '";

    private static final String LINE = "', line ";

    private BrokenYaml() {}

    /**
     * The line for which a text was refused.
     *
     * @param text what {@link ManifestYaml} was given
     * @param why what it threw
     * @return where the YAML breaks, or where the first document begins that is no object of ours, counted from 1; 0 if it is
     *     not known
     */
    public static int line(String text, IllegalArgumentException why) {
        if (why.getCause() instanceof JsonProcessingException broken) {
            return line(broken);
        }
        List<YamlLines> documents = YamlLines.of(text);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < documents.size(); i++) {
            int begin = documents.get(i).line();
            int end = i + 1 < documents.size() ? documents.get(i + 1).line() : lines.size() + 1;
            if (!isRead(String.join("\n", lines.subList(begin - 1, end - 1)))) {
                return begin;
            }
        }
        return 0;
    }

    private static boolean isRead(String text) {
        try {
            var unused = ManifestYaml.read(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** The library's own location is that of what was read last; the message knows better, where it names a place. */
    static int line(JsonProcessingException broken) {
        String message = String.valueOf(broken.getMessage());
        List<Integer> places = message.lines()
                .filter(line -> line.startsWith(PLACE) && line.contains(LINE))
                .map(line -> number(line, line.indexOf(LINE) + LINE.length()))
                .toList();
        if (places.isEmpty()) {
            return broken.getLocation() == null
                    ? 0
                    : Math.max(0, broken.getLocation().getLineNr());
        }
        // Behind a sign that is missing the scanner goes on for a while.
        return places.get(message.startsWith("while scanning") ? 0 : places.size() - 1);
    }

    private static int number(String line, int from) {
        int number = 0;
        for (int i = from; i < line.length() && line.charAt(i) >= '0' && line.charAt(i) <= '9'; i++) {
            number = number * 10 + line.charAt(i) - '0';
        }
        return number;
    }

    /** What is wrong, without the lines that show the place. */
    static String why(JsonProcessingException broken) {
        return String.valueOf(broken.getOriginalMessage())
                .lines()
                .filter(line -> !line.startsWith(" "))
                .limit(2)
                .collect(Collectors.joining(", "));
    }
}
