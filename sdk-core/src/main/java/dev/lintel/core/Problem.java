package dev.lintel.core;

import java.util.Objects;

/**
 * Something that is wrong, as data: what, where in the definition, what to do, and the line that said it. Control
 * characters and line breaks are shown as {@code ?}, so that no name and no value makes a line of its own; a hint may have
 * several lines, as one with a text to copy.
 *
 * @param code a short stable name, for example {@code split.weights}
 * @param path where in the definition, for example {@code orders.shop traffic.split/v1}
 * @param message what is wrong, with the value
 * @param hint what to do about it
 * @param origin the line that said it
 */
public record Problem(String code, String path, String message, String hint, Origin origin) {
    private static final String INDENT = "      ";

    /** Checks that nothing is missing; the origin may be unknown, but not null. */
    public Problem {
        code = OneLine.of(Objects.requireNonNull(code, "code"));
        path = OneLine.of(Objects.requireNonNull(path, "path"));
        message = OneLine.of(Objects.requireNonNull(message, "message"));
        hint = OneLine.each(Objects.requireNonNull(hint, "hint"));
        origin = Origin.orUnknown(origin);
    }

    /**
     * The problem in two or three lines, or more where the hint has several.
     *
     * @return code, path and message, then the hint, then the place, each on a line of its own; all but the first line
     *     begin with six blanks
     */
    public String render() {
        StringBuilder text =
                new StringBuilder(code).append(' ').append(path).append(": ").append(message);
        if (!hint.isEmpty()) {
            hint.lines()
                    .forEach(line -> text.append('\n')
                            .append(line.isBlank() || line.startsWith(INDENT) ? "" : INDENT)
                            .append(line));
        }
        if (!origin.toString().isEmpty()) {
            text.append('\n').append(INDENT).append("at ").append(origin);
        }
        return text.toString();
    }
}
