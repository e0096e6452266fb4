package dev.lintel.examples.login;

import dev.lintel.auth.client.Tokens;

/**
 * A user who is logged in.
 *
 * @param user who it is
 * @param tokens the user's tokens, refreshed when they grow old
 */
record Visit(String user, Tokens tokens) {}
