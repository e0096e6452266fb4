package dev.lintel.embedded.authorization;

import java.util.List;

/** The grant types of the server: values of {@code grant_type}. */
public final class GrantTypes {
    /** A client gets a token for itself (RFC 6749, 4.4). */
    public static final String CLIENT_CREDENTIALS = "client_credentials";

    /** A user logs in in a browser (RFC 6749, 4.1; always with PKCE, RFC 7636). */
    public static final String AUTHORIZATION_CODE = "authorization_code";

    /** A token that was got for a user is renewed (RFC 6749, 6). */
    public static final String REFRESH_TOKEN = "refresh_token";

    /** A user lets in a device that has no browser (RFC 8628). */
    public static final String DEVICE_CODE = "urn:ietf:params:oauth:grant-type:device_code";

    /** One token for another (RFC 8693). */
    public static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    /** A token of an issuer that is trusted here for one of this server (RFC 7523, 2.1). */
    public static final String JWT_BEARER = "urn:ietf:params:oauth:grant-type:jwt-bearer";

    /** All of them. */
    static final List<String> ALL =
            List.of(CLIENT_CREDENTIALS, AUTHORIZATION_CODE, REFRESH_TOKEN, DEVICE_CODE, TOKEN_EXCHANGE, JWT_BEARER);

    private GrantTypes() {}
}
