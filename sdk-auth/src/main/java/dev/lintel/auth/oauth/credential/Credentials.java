package dev.lintel.auth.oauth.credential;

import dev.lintel.core.Secret;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a client adds to one request to show who it is. Prints without any of it.
 *
 * @param headers headers of the request
 * @param parameters parameters of its form
 */
public record Credentials(Map<String, Secret> headers, Map<String, Secret> parameters) {
    /** Keeps the order in which they were said. */
    public Credentials {
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * The identifier alone, as public clients and those with a certificate send it.
     *
     * @param clientId the client's identifier
     * @return one parameter
     */
    public static Credentials id(String clientId) {
        return new Credentials(Map.of(), Map.of("client_id", Secret.of(clientId)));
    }

    /**
     * An assertion (RFC 7521, 4.2).
     *
     * @param clientId the client's identifier
     * @param type a URN
     * @param assertion what shows who the client is
     * @return three parameters
     */
    public static Credentials assertion(String clientId, String type, Secret assertion) {
        Map<String, Secret> parameters = new LinkedHashMap<>();
        parameters.put("client_id", Secret.of(clientId));
        parameters.put("client_assertion_type", Secret.of(type));
        parameters.put("client_assertion", assertion);
        return new Credentials(Map.of(), parameters);
    }
}
