package dev.lintel.auth.register;

import org.jspecify.annotations.Nullable;

/**
 * A client as a server knows it.
 *
 * @param id the identifier by which it was asked for
 * @param clientId the identifier that the client itself uses; the same unless the server assigns them
 * @param owner whose it is by its mark; null if it carries none, which means that it is not ours
 * @param facts what is registered
 */
public record KnownClient(
        String id, String clientId, @Nullable String owner, ClientFacts facts) {}
