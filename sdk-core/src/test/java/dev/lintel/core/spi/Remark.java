package dev.lintel.core.spi;

import dev.lintel.core.Policy;

/**
 * A policy that the tests of this module provide by {@code META-INF/services}.
 *
 * @param text any text
 */
public record Remark(String text) implements Policy {
    /** The kind under which it is stored. */
    public static final String KIND = "test.remark/v1";

    @Override
    public String kind() {
        return KIND;
    }
}
