package dev.lintel.embedded.login;

/**
 * What is remembered about the sessions of one client of a provider, at all APIs where its users log in.
 *
 * @param revocations which have ended
 * @param renewals which have newer tokens than their cookies
 */
record Memory(Revocations revocations, Renewals renewals) {}
