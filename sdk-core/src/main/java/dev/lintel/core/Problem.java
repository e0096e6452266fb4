package dev.lintel.core;

import java.util.Objects;

/**
 * Something that is wrong, as data: what, where in the definition, what to do, and the line that said it.
 *
 * @param code a short stable name, for example {@code split.weights}
 * @param path where in the definition, for example {@code orders.shop traffic.split/v1}
 * @param message what is wrong, with the value
 * @param hint what to do about it
 * @param origin the line that said it
 */
public record Problem(String code, String path, String message, String hint, Origin origin) {
    /** Checks that nothing is missing; the origin may be unknown, but not null. */
    public Problem {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(message, "message");
        Objects.requireNonNull(hint, "hint");
        origin = Origin.orUnknown(origin);
    }

    /**
     * The problem in two or three lines.
     *
     * @return code, path and message, then the hint, then the place, each on a line of its own
     */
    public String render() {
        StringBuilder text = new StringBuilder(code)
                .append(' ')
                .append(path.replaceAll(Origin.BREAKS, "?"))
                .append(": ")
                .append(message);
        if (!hint.isEmpty()) {
            text.append("\n      ").append(hint);
        }
        if (!origin.toString().isEmpty()) {
            text.append("\n      at ").append(origin);
        }
        return text.toString();
    }
}
