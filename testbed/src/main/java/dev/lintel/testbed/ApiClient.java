package dev.lintel.testbed;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Asks an apiserver in its own words: what a test says must not go through the code that it tests. */
public final class ApiClient {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final URI server;
    private final String token;
    private final HttpClient client;
    private final Optional<String> user;

    ApiClient(URI server, Path certificate, String token) {
        this(
                server,
                token,
                HttpClient.newBuilder()
                        .sslContext(trusting(certificate))
                        .connectTimeout(PATIENCE)
                        .build(),
                Optional.empty());
    }

    private ApiClient(URI server, String token, HttpClient client, Optional<String> user) {
        this.server = server;
        this.token = token;
        this.client = client;
        this.user = user;
    }

    /**
     * The same client, speaking for somebody else, with all rights.
     *
     * @param name of the user
     * @return a client whose requests come from this user
     */
    public ApiClient as(String name) {
        return new ApiClient(server, token, client, Optional.of(name));
    }

    /**
     * Asks.
     *
     * @param method for example {@code GET}
     * @param path with its query, for example {@code /api/v1/namespaces}
     * @return the answer, whatever it is
     */
    public Answer ask(String method, String path) {
        return send(request(path).method(method, BodyPublishers.noBody()).build());
    }

    /**
     * Sends a document.
     *
     * @param method for example {@code POST}
     * @param path with its query
     * @param type the media type of the document
     * @param document its text
     * @return the answer, whatever it is
     */
    public Answer send(String method, String path, String type, String document) {
        return send(request(path)
                .header("Content-Type", type)
                .method(method, BodyPublishers.ofString(document))
                .build());
    }

    /**
     * Applies a document as server-side apply does, and takes over what others own.
     *
     * @param path of the object
     * @param document JSON or YAML
     */
    public void apply(String path, String document) {
        send("PATCH", path + "?fieldManager=testbed&force=true", "application/apply-patch+yaml", document)
                .expected("PATCH " + path);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path))
                .timeout(PATIENCE)
                .header("Authorization", "Bearer " + token);
        user.ifPresent(name -> request.header("Impersonate-User", name).header("Impersonate-Group", "system:masters"));
        return request;
    }

    private Answer send(HttpRequest request) {
        try {
            HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static SSLContext trusting(Path certificate) {
        try (InputStream in = Files.newInputStream(certificate)) {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int count = 0;
            for (Certificate each : CertificateFactory.getInstance("X.509").generateCertificates(in)) {
                store.setCertificateEntry("apiserver-" + count++, each);
            }
            TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            managers.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers.getTrustManagers(), null);
            return context;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
