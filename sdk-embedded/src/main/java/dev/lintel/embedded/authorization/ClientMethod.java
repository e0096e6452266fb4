package dev.lintel.embedded.authorization;

/** How a client proves itself (RFC 8414, 2: {@code token_endpoint_auth_methods_supported}). */
enum ClientMethod {
    /** By a secret, in the header or in the form. */
    SECRET("client_secret_basic"),
    /** By an assertion that it signs (RFC 7523, 2.2). */
    PRIVATE_KEY_JWT("private_key_jwt"),
    /** By a certificate for which an authority vouches (RFC 8705, 2.1). */
    TLS("tls_client_auth"),
    /** By a certificate that is known (RFC 8705, 2.2). */
    SELF_SIGNED_TLS("self_signed_tls_client_auth"),
    /** Not at all. */
    NONE("none");

    private final String code;

    ClientMethod(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }
}
