package dev.lintel.mesh.admission;

/**
 * Why an object is not let into a cluster.
 *
 * @param code short and stable, for example {@code admission.host}
 * @param message as the apiserver says it: the code, the object, what is wrong, and the way out
 */
public record Refusal(String code, String message) {
    @Override
    public String toString() {
        return message;
    }
}
