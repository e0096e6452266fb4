package dev.lintel.auth.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import org.apache.hc.client5.http.async.methods.SimpleHttpResponse;
import org.apache.hc.client5.http.async.methods.SimpleResponseConsumer;
import org.apache.hc.client5.http.impl.async.CloseableHttpAsyncClient;
import org.apache.hc.client5.http.impl.async.HttpAsyncClientBuilder;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.EntityUtils;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.http.message.BasicHttpRequest;
import org.apache.hc.core5.http.nio.AsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.BasicAsyncEntityProducer;
import org.apache.hc.core5.http.nio.entity.StringAsyncEntityProducer;
import org.apache.hc.core5.http.nio.support.BasicRequestProducer;

/** The clients that a token can be attached to, all used alike. */
enum Sender {
    CLASSIC {
        @Override
        Answer send(Tokens tokens, URI origin, String method, URI uri, String body, boolean once) throws IOException {
            ClassicRequestBuilder request = ClassicRequestBuilder.create(method).setUri(uri);
            if (body != null) {
                request.setEntity(
                        once
                                ? new InputStreamEntity(
                                        new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)),
                                        ContentType.TEXT_PLAIN)
                                : new StringEntity(body));
            }
            try (CloseableHttpClient client =
                    tokens.attachTo(HttpClientBuilder.create(), origin).build()) {
                return client.execute(
                        request.build(),
                        response -> new Answer(
                                response.getCode(),
                                response.getEntity() == null ? "" : EntityUtils.toString(response.getEntity())));
            }
        }
    },
    ASYNC {
        @Override
        Answer send(Tokens tokens, URI origin, String method, URI uri, String body, boolean once)
                throws IOException, InterruptedException {
            AsyncEntityProducer entity = null;
            if (body != null) {
                entity = once
                        ? new BasicAsyncEntityProducer(body.getBytes(StandardCharsets.UTF_8), ContentType.TEXT_PLAIN) {
                            @Override
                            public boolean isRepeatable() {
                                return false;
                            }
                        }
                        : new StringAsyncEntityProducer(body, ContentType.TEXT_PLAIN);
            }
            try (CloseableHttpAsyncClient client =
                    tokens.attachTo(HttpAsyncClientBuilder.create(), origin).build()) {
                client.start();
                SimpleHttpResponse response = client.execute(
                                new BasicRequestProducer(new BasicHttpRequest(method, uri), entity),
                                SimpleResponseConsumer.create(),
                                null)
                        .get();
                return new Answer(response.getCode(), response.getBodyText() == null ? "" : response.getBodyText());
            } catch (ExecutionException e) {
                throw new IOException(e.getCause());
            }
        }
    },
    JDK {
        @Override
        Answer send(Tokens tokens, URI origin, String method, URI uri, String body, boolean once)
                throws IOException, InterruptedException {
            HttpRequest.BodyPublisher publisher = body == null
                    ? BodyPublishers.noBody()
                    : once
                            ? BodyPublishers.ofInputStream(
                                    () -> new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)))
                            : BodyPublishers.ofString(body);
            var response = tokens.client(HttpClient.newHttpClient(), origin)
                    .send(HttpRequest.newBuilder(uri).method(method, publisher).build(), BodyHandlers.ofString());
            return new Answer(response.statusCode(), response.body());
        }
    };

    /** What came back. */
    record Answer(int status, String body) {}

    /** Sends one request with a client of its own; a body that can be sent only once if that is said. */
    abstract Answer send(Tokens tokens, URI origin, String method, URI uri, String body, boolean once)
            throws IOException, InterruptedException;

    Answer get(Tokens tokens, URI origin, URI uri) throws IOException, InterruptedException {
        return send(tokens, origin, "GET", uri, null, false);
    }
}
