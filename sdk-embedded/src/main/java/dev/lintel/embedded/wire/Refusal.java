package dev.lintel.embedded.wire;

/**
 * Why a message is refused before anything is decided.
 *
 * @param status the answer's status
 * @param detail for the caller, without anything of the message
 */
public record Refusal(int status, String detail) {
    static Refusal bad(String detail) {
        return new Refusal(400, detail);
    }
}
