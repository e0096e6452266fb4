package dev.lintel.core;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where something was said: a line of Java source, or of a stored definition.
 *
 * <p>All origins are equal to each other. That is deliberate: an origin tells where a value comes from and is no part
 * of the value, so a record may carry one and stay equal to the same thing said elsewhere.
 */
public final class Origin {
    private static final Origin UNKNOWN = new Origin("", 0);
    private static final StackWalker WALKER = StackWalker.getInstance(StackWalker.Option.RETAIN_CLASS_REFERENCE);

    private final String file;
    private final int line;

    private Origin(String file, int line) {
        this.file = file;
        this.line = line;
    }

    /**
     * A place in a file.
     *
     * @param file the file's name, without its folder; control characters are shown as {@code ?}
     * @param line counted from 1, or 0 where it is not known
     * @return that place
     */
    public static Origin at(String file, int line) {
        return new Origin(OneLine.of(Objects.requireNonNull(file, "file")), line);
    }

    /**
     * No place at all.
     *
     * @return the origin that prints as the empty string
     */
    public static Origin unknown() {
        return UNKNOWN;
    }

    /**
     * An origin that may be missing, as it is where a record was read from a file.
     *
     * @param origin an origin or null
     * @return the origin, {@link #unknown()} for null
     */
    public static Origin orUnknown(@Nullable Origin origin) {
        return origin == null ? UNKNOWN : origin;
    }

    /**
     * The line that called into a definition: the first caller that is neither a {@link Policy} nor a {@link Speaker}.
     *
     * @return the caller's place, unknown where its class was compiled without line numbers
     */
    public static Origin ofCaller() {
        return WALKER.walk(frames -> {
            Optional<StackWalker.StackFrame> user =
                    frames.filter(f -> !speaks(f.getDeclaringClass())).findFirst();
            return user.map(f -> f.getFileName() == null ? UNKNOWN : at(f.getFileName(), f.getLineNumber()))
                    .orElse(UNKNOWN);
        });
    }

    private static boolean speaks(Class<?> type) {
        Class<?> outer = type.getNestHost();
        return outer == Origin.class
                || Policy.class.isAssignableFrom(outer)
                || Speaker.class.isAssignableFrom(outer)
                || Policy.class.isAssignableFrom(type)
                || Speaker.class.isAssignableFrom(type);
    }

    /**
     * The place behind some words, for messages that can do without it.
     *
     * @param words for example {@code ", first at "}
     * @return words and place, or the empty string where the place is unknown
     */
    public String after(String words) {
        return file.isEmpty() ? "" : words + this;
    }

    /**
     * The place as people write it.
     *
     * @return for example {@code OrdersApi.java:42}, or the empty string
     */
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Origin;
    }

    @Override
    public int hashCode() {
        return 0;
    }
}
