package dev.lintel.auth.oauth.credential;

import java.util.Optional;
import javax.net.ssl.SSLContext;

/** A client certificate that TLS connections show (RFC 8705, 2); tokens are then usually bound to it. */
public final class TlsClient implements ClientAuthentication {
    private final SSLContext context;
    private final String method;

    private TlsClient(SSLContext context, String method) {
        this.context = context;
        this.method = method;
    }

    /**
     * A certificate of an authority that the server trusts.
     *
     * @param context has the certificate with its key, and what servers it trusts
     * @return {@code tls_client_auth}
     */
    public static TlsClient of(SSLContext context) {
        return new TlsClient(context, "tls_client_auth");
    }

    /**
     * A certificate that is registered at the server itself.
     *
     * @param context has the certificate with its key, and what servers it trusts
     * @return {@code self_signed_tls_client_auth}
     */
    public static TlsClient selfSigned(SSLContext context) {
        return new TlsClient(context, "self_signed_tls_client_auth");
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public Credentials credentials(Asking asking) {
        return Credentials.id(asking.clientId());
    }

    @Override
    public Optional<SSLContext> tls() {
        return Optional.of(context);
    }

    @Override
    public String toString() {
        return method;
    }
}
