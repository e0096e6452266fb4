package dev.lintel.embedded.login;

/**
 * What is remembered about the sessions of one API, however its login is said.
 *
 * @param revocations which have ended
 * @param renewals which have newer tokens than their cookies
 */
record Memory(Revocations revocations, Renewals renewals) {}
