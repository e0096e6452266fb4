package dev.lintel.core.front;

/**
 * A header of a call to a service. Prints its name alone, because its value may be secret.
 *
 * @param name in any case
 * @param value its value
 */
public record FrontHeader(String name, String value) {
    @Override
    public String toString() {
        return name;
    }
}
