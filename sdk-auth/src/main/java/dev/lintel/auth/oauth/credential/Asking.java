package dev.lintel.auth.oauth.credential;

import java.net.URI;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * The request that a client shows a credential for.
 *
 * @param clientId who asks
 * @param issuer the server that is asked
 * @param tokenEndpoint its token endpoint; the endpoint that is asked if it has none
 * @param now the server's time, as far as it is known
 * @param random for what must be new each time
 */
public record Asking(String clientId, String issuer, URI tokenEndpoint, Instant now, RandomGenerator random) {}
