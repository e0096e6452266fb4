package dev.lintel.embedded.authorization;

/** Whom an assertion must be for (RFC 7523, 3): one that names more could be replayed elsewhere. */
public enum AssertionAudience {
    /** The issuer, as its only audience. */
    ISSUER,
    /** The issuer or the endpoint that is asked, as older clients do; still one audience only. */
    ISSUER_OR_ENDPOINT
}
