package dev.lintel.testbed;

/**
 * A namespace that a test has for itself.
 *
 * @param name its name
 */
public record Namespace(String name) {
    @Override
    public String toString() {
        return name;
    }
}
