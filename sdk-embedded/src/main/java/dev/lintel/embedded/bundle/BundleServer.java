package dev.lintel.embedded.bundle;

import dev.lintel.auth.opa.bundle.Bundle;
import dev.lintel.auth.opa.bundle.BundleSigner;
import dev.lintel.embedded.authorization.http.Limits;
import dev.lintel.embedded.authorization.http.Listener;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Serves OPA its bundles over HTTP/1.1: {@code GET /bundles/{name}} with {@code ETag}, {@code If-None-Match}, and long poll, so
 * that a bundle is in use a moment after it was published.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/management-bundles#bundle-service-api">OPA, Bundle Service API</a>
 */
public final class BundleServer implements AutoCloseable {
    private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9._-]{0,62}");
    private static final Duration MARGIN = Duration.ofSeconds(30);

    private final BundleSettings settings;
    private final Listener listener;
    private final Shelf shelf;

    private BundleServer(BundleSettings settings) {
        this.settings = settings;
        Limits most = Limits.DEFAULT;
        Limits limits = new Limits(
                1_024,
                most.line(),
                most.header(),
                settings.connections(),
                settings.longestWait().plus(MARGIN),
                most.farewell());
        listener = Listener.bind(
                "lintel-bundles",
                new InetSocketAddress(settings.address(), settings.port()),
                limits,
                InstantSource.system());
        shelf = new Shelf(settings, listener::later);
        listener.serve(shelf);
    }

    /**
     * Starts a server without bundles.
     *
     * @param settings for example {@code BundleSettings.DEFAULT.signedBy(…)}
     * @return the server, to be closed by the caller
     * @throws java.io.UncheckedIOException if the port is taken
     */
    public static BundleServer start(BundleSettings settings) {
        return new BundleServer(settings);
    }

    /**
     * Serves a bundle from now on, in place of one with its name, and answers all who wait for it.
     *
     * @param bundle signed here, if the settings name a signer
     */
    public void publish(Bundle bundle) {
        BundleSigner signer = settings.signer();
        publish(bundle.name(), signer == null ? bundle.bytes() : bundle.bytes(signer));
    }

    /**
     * Serves the bytes of a bundle that was packaged, and signed, elsewhere.
     *
     * @param name the bundle's name
     * @param bytes a tar archive in gzip
     */
    public void publish(String name, byte[] bytes) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a bundle's name must be 1 to 63 lower-case letters, digits, '.', '_' and" + " '-', but was '"
                            + name + "'");
        }
        shelf.put(name, bytes);
    }

    /**
     * Where it listens.
     *
     * @return for example {@code http://127.0.0.1:41234}
     */
    public URI uri() {
        InetSocketAddress address = listener.address();
        String host = address.getAddress().getHostAddress();
        return URI.create("http://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort());
    }

    /**
     * The configuration with which OPA fetches all bundles that are published, and accepts none that is not signed, where they
     * are signed here. Secrets are not in it: OPA takes them from the environment variables {@code LINTEL_BUNDLE_TOKEN} and
     * {@code LINTEL_BUNDLE_KEY}.
     *
     * @return YAML, for {@code opa run --config-file}
     */
    public String opaConfig() {
        StringBuilder out = new StringBuilder("services:\n  lintel:\n    url: ")
                .append(uri())
                .append('\n');
        if (settings.token() != null) {
            out.append("    credentials:\n      bearer:\n        token: \"${LINTEL_BUNDLE_TOKEN}\"\n");
        }
        BundleSigner signer = settings.signer();
        if (signer != null) {
            out.append("keys:\n  ").append(quoted(signer.keyId())).append(":\n    algorithm: ");
            out.append(signer.algorithm())
                    .append("\n    key: ")
                    .append(key(signer))
                    .append('\n');
        }
        List<String> names = shelf.names();
        out.append(names.isEmpty() ? "" : "bundles:\n");
        long wait = Math.max(1, Math.min(30, settings.longestWait().toSeconds()));
        for (String name : names) {
            out.append("  ").append(quoted(name)).append(":\n    service: lintel\n    resource: ");
            out.append(quoted("bundles/" + name)).append("\n    polling:\n      min_delay_seconds: 1\n");
            out.append("      max_delay_seconds: 2\n      long_polling_timeout_seconds: ")
                    .append(wait)
                    .append('\n');
            if (signer != null) {
                out.append("    signing:\n      keyid: ")
                        .append(quoted(signer.keyId()))
                        .append('\n');
            }
        }
        return out.toString();
    }

    private static String key(BundleSigner signer) {
        @Nullable String pem = signer.publicKey();
        return pem == null ? "\"${LINTEL_BUNDLE_KEY}\"" : quoted(pem.replace("\n", "\\n"));
    }

    /** Names and keys hold nothing that would have to be escaped. */
    private static String quoted(String text) {
        return '"' + text + '"';
    }

    /** How many requests wait for a new bundle. */
    int waiting() {
        return shelf.waiting();
    }

    /** Answers all who wait, and stops listening. */
    @Override
    public void close() {
        shelf.close();
        listener.close();
    }
}
