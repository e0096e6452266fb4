package dev.lintel.auth.oauth;

import java.net.URI;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a device shows to its user (RFC 8628, 3.2). Prints without the code.
 *
 * @param userCode what the user types in
 * @param verification where
 * @param complete the same address with the code in it, for a QR code; null if the server names none
 * @param expires until when, by this machine's clock
 */
public record DevicePrompt(
        String userCode, URI verification, @Nullable URI complete, Instant expires) {
    @Override
    public String toString() {
        return "device login at " + verification + " until " + expires;
    }
}
