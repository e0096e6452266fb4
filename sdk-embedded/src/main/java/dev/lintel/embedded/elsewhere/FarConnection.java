package dev.lintel.embedded.elsewhere;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.embedded.upstream.Origination;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How connections to one far side begin. Its secrets are read for each, so that a new certificate is used by the next
 * connection; what is made of them is made again only if they are others.
 */
final class FarConnection implements Origination {
    private static final Logger LOG = LoggerFactory.getLogger(FarConnection.class);

    private final String api;
    private final Elsewhere.@Nullable Tls tls;
    private final @Nullable Duration timeout;
    private final SecretReader secrets;
    private volatile @Nullable Made made;

    FarConnection(String api, Elsewhere said, SecretReader secrets) {
        this.api = api;
        this.tls = said.tls();
        this.timeout = said.connectTimeout();
        this.secrets = secrets;
    }

    private record Papers(
            @Nullable Secret ca,
            @Nullable Secret certificate,
            @Nullable Secret key) {}

    private record Made(Papers of, SslContext context) {}

    @Override
    public int connectMillis(int usual) {
        return timeout == null ? usual : (int) Math.max(1, Math.min(Integer.MAX_VALUE, timeout.toMillis()));
    }

    @Override
    public @Nullable Handshake prepare() throws IOException {
        Elsewhere.Tls said = tls;
        if (said == null) {
            return null;
        }
        Papers papers = new Papers(read(said.ca()), read(said.certificate()), read(said.key()));
        Made before = made;
        if (before == null || !before.of.equals(papers)) {
            before =
                    new Made(papers, FarTls.context(said.subjectAltNames(), papers.ca, papers.certificate, papers.key));
            made = before;
        }
        SslContext context = Objects.requireNonNull(before).context;
        return buffers -> FarTls.handler(context, buffers, said.sni());
    }

    private @Nullable Secret read(@Nullable SecretRef ref) throws IOException {
        return ref == null ? null : secrets.read(ref);
    }

    @Override
    public void failed(Throwable cause) {
        LOG.warn("no connection to the far side of {}: {}", api, cause.getMessage());
    }

    @Override
    public String toString() {
        return "far side of " + api;
    }
}
