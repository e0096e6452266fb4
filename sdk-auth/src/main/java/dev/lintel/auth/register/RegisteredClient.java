package dev.lintel.auth.register;

import org.jspecify.annotations.Nullable;

/**
 * A client as a server knows it.
 *
 * @param id the identifier by which it was asked for
 * @param clientId the identifier that the client itself uses; the same unless the server assigns them
 * @param owner whose it is by its mark; null if it carries none, which means that it is not ours
 * @param metadata what is registered
 */
public record RegisteredClient(
        String id, String clientId, @Nullable String owner, ClientMetadata metadata) {}
