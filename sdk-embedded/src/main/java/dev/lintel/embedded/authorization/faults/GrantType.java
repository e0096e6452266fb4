package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.http.Received;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** What a token request asks with; read leniently, because the endpoint judges it anyway. */
final class GrantType {
    private static final String NAME = "grant_type=";

    private GrantType() {}

    /** Empty if the request says none that can be read. */
    static String of(Received request) {
        for (String field : request.text().split("&")) {
            if (field.startsWith(NAME)) {
                try {
                    return URLDecoder.decode(field.substring(NAME.length()), StandardCharsets.UTF_8);
                } catch (IllegalArgumentException e) {
                    return "";
                }
            }
        }
        return "";
    }
}
