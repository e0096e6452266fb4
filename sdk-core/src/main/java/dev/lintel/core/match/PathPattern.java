package dev.lintel.core.match;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A set of paths: {@code /a/b} one path, {@code /a/{id}} one non-empty segment in place of the braces, {@code /a/**} the
 * node {@code /a} and everything below it, by whole segments.
 *
 * <p>Patterns are compared with paths in their normal form ({@link PathNormalizer}); a trailing slash is passed over.
 *
 * @param segments literals in normal form, or a name in braces
 * @param subtree whether the pattern ends with {@code /**}
 */
public record PathPattern(List<String> segments, boolean subtree) {
    /** Every path. */
    public static final PathPattern ANY = new PathPattern(List.of(), true);

    /** Keeps the segments unchangeable and checks that each of them is one. */
    public PathPattern {
        segments = List.copyOf(segments);
        for (String segment : segments) {
            if (segment.isEmpty() || segment.indexOf('/') >= 0) {
                throw new IllegalArgumentException(
                        "a segment of a path pattern must not be empty nor contain '/', but was '" + segment + "'");
            }
        }
    }

    /** What a pattern looks like; the more specific shape is named first. */
    public enum Shape {
        /** One path. */
        EXACT,
        /** One path for each value of its segments in braces. */
        TEMPLATE,
        /** A node and everything below. */
        PREFIX
    }

    /**
     * Reads a pattern.
     *
     * @param text for example {@code /orders/{id}/invoice} or {@code /orders/**}
     * @return the pattern, its literals in normal form
     * @throws IllegalArgumentException if it is not one; the message says why
     */
    public static PathPattern parse(String text) {
        Objects.requireNonNull(text, "a path pattern must not be null");
        return new PatternParser(text).parse();
    }

    /**
     * The shape of this pattern.
     *
     * @return prefix if it ends with {@code /**}, template if a segment is in braces, exact otherwise
     */
    public Shape shape() {
        if (subtree) {
            return Shape.PREFIX;
        }
        return segments.stream().anyMatch(PathPattern::isTemplate) ? Shape.TEMPLATE : Shape.EXACT;
    }

    /**
     * Whether a segment of a pattern stands for any value.
     *
     * @param segment a segment of a pattern
     * @return true for a name in braces
     */
    public static boolean isTemplate(String segment) {
        return segment.charAt(0) == '{';
    }

    /**
     * Whether a path belongs to this set.
     *
     * @param path in normal form, without query
     * @return true if it does
     */
    public boolean matches(String path) {
        int at = 0;
        int end = path.length() > 1 && path.endsWith("/") ? path.length() - 1 : path.length();
        if (end == 1) {
            return segments.isEmpty();
        }
        for (String segment : segments) {
            if (at >= end) {
                return false;
            }
            int next = path.indexOf('/', at + 1);
            int stop = next < 0 || next > end ? end : next;
            int length = stop - at - 1;
            boolean fits =
                    isTemplate(segment) ? length > 0 : segment.length() == length && path.startsWith(segment, at + 1);
            if (!fits) {
                return false;
            }
            at = stop;
        }
        return subtree || at == end;
    }

    /**
     * Whether every path of another pattern also belongs to this one.
     *
     * @param other another pattern
     * @return true if this one is the same or wider
     */
    public boolean covers(PathPattern other) {
        if (subtree ? other.segments.size() < segments.size() : !sameLength(other)) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String mine = segments.get(i);
            String theirs = other.segments.get(i);
            if (!isTemplate(mine) && !mine.equals(theirs)) {
                return false;
            }
        }
        return true;
    }

    /**
     * The paths that belong to both patterns, which is a pattern again.
     *
     * @param other another pattern
     * @return the common pattern, empty if there is no common path
     */
    public Optional<PathPattern> intersect(PathPattern other) {
        boolean otherIsLonger = other.segments.size() > segments.size();
        PathPattern longer = otherIsLonger ? other : this;
        PathPattern shorter = otherIsLonger ? this : other;
        if (longer.segments.size() > shorter.segments.size() && !shorter.subtree) {
            return Optional.empty();
        }
        List<String> common = new ArrayList<>(longer.segments);
        for (int i = 0; i < shorter.segments.size(); i++) {
            String a = longer.segments.get(i);
            String b = shorter.segments.get(i);
            if (isTemplate(a)) {
                common.set(i, b);
            } else if (!isTemplate(b) && !a.equals(b)) {
                return Optional.empty();
            }
        }
        return Optional.of(new PathPattern(common, subtree && other.subtree));
    }

    /**
     * Whether another pattern stands for exactly the same paths, whatever the names in braces.
     *
     * @param other another pattern
     * @return true if each covers the other
     */
    public boolean sameAs(PathPattern other) {
        return covers(other) && other.covers(this);
    }

    private boolean sameLength(PathPattern other) {
        return !other.subtree && other.segments.size() == segments.size();
    }

    /**
     * The pattern as it is written.
     *
     * @return for example {@code /orders/**}
     */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        segments.forEach(segment -> text.append('/').append(segment));
        if (subtree) {
            text.append("/**");
        }
        return text.length() == 0 ? "/" : text.toString();
    }
}
