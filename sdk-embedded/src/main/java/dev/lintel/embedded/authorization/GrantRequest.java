package dev.lintel.embedded.authorization;

/**
 * What a client asks a grant for.
 *
 * @param client who asks
 * @param form what for
 * @param binding what the token is to be bound to, as the request has proved
 */
record GrantRequest(Client client, Form form, Binding binding) {}
