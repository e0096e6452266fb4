package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import java.util.List;

/**
 * Where browsers are. If the server stands behind something that ends TLS for it, that is the last address which the one in
 * front has noted; a browser that reached the server around it could claim another, and is still held by the limit of each
 * user.
 */
final class Addresses {
    private final boolean behind;

    Addresses(boolean behind) {
        this.behind = behind;
    }

    String of(Received request) {
        List<String> noted = behind ? request.header("X-Forwarded-For") : List.of();
        if (noted.isEmpty()) {
            return request.address();
        }
        String last = noted.get(noted.size() - 1);
        String address = last.substring(last.lastIndexOf(',') + 1).strip();
        return address.substring(0, Math.min(address.length(), 64));
    }
}
