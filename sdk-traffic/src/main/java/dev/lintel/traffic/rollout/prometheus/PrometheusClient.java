package dev.lintel.traffic.rollout.prometheus;

import dev.lintel.core.Durations;
import dev.lintel.core.Secret;
import dev.lintel.core.metric.Reading;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Sends one query and reads its answer: limited in time and size, and nothing that is secret gets into a message. */
record PrometheusClient(
        URI query,
        HttpClient http,
        Duration timeout,
        @Nullable Supplier<Credential> credential) {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final int MOST_BYTES = 1024 * 1024;
    private static final int MOST_WORDS = 300;

    /** What proves who asks; the header's value and what of it is secret. */
    record Credential(Secret header, Secret secret) {}

    static PrometheusClient of(URI uri, HttpClient http) {
        String scheme = String.valueOf(uri.getScheme());
        if (!(scheme.equals("http") || scheme.equals("https"))
                || uri.getHost() == null
                || uri.getRawUserInfo() != null
                || uri.getRawQuery() != null
                || uri.getRawFragment() != null) {
            throw new IllegalArgumentException("a Prometheus is http(s)://host[:port][/prefix], without user, query and"
                    + " fragment, but was given with the scheme '" + scheme + "' and the host '" + uri.getHost() + "'");
        }
        String text = uri.toString();
        String base = text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
        return new PrometheusClient(URI.create(base + "/api/v1/query"), http, TIMEOUT, null);
    }

    PrometheusClient basic(String user, Supplier<Secret> password) {
        return as(() -> {
            Secret secret = password.get();
            byte[] pair = (user + ":" + secret.reveal()).getBytes(StandardCharsets.UTF_8);
            return new Credential(Secret.of("Basic " + Base64.getEncoder().encodeToString(pair)), secret);
        });
    }

    PrometheusClient bearer(Supplier<Secret> token) {
        return as(() -> {
            Secret secret = token.get();
            return new Credential(Secret.of("Bearer " + secret.reveal()), secret);
        });
    }

    private PrometheusClient as(Supplier<Credential> who) {
        return new PrometheusClient(query, http, timeout, who);
    }

    PrometheusClient timeout(Duration limit) {
        return new PrometheusClient(query, http, limit, credential);
    }

    PrometheusClient http(HttpClient other) {
        return new PrometheusClient(query, other, timeout, credential);
    }

    CompletableFuture<Reading> ask(String promQl) {
        Credential who;
        HttpRequest request;
        try {
            who = credential == null ? null : credential.get();
            request = request(promQl, who);
        } catch (RuntimeException e) {
            // Its message may hold the secret that it is about.
            return failed("was not asked, because there is no credential that can be sent");
        }
        CompletableFuture<HttpResponse<byte[]>> exchange = http.sendAsync(request, head -> new LimitedBody(MOST_BYTES));
        CompletableFuture<Reading> answer =
                exchange.thenApply(response -> read(response, who)).orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS);
        return answer.handle((reading, failure) -> {
            if (failure == null) {
                return reading;
            }
            // After a time-out the exchange would go on otherwise.
            boolean unused = exchange.cancel(true);
            throw new CompletionException(new IOException("Prometheus at " + query + " " + words(failure, who)));
        });
    }

    private HttpRequest request(String promQl, @Nullable Credential who) {
        String form =
                "query=" + URLEncoder.encode(promQl, StandardCharsets.UTF_8) + "&timeout=" + timeout.toMillis() + "ms";
        HttpRequest.Builder request = HttpRequest.newBuilder(query)
                .timeout(timeout)
                .header("content-type", "application/x-www-form-urlencoded")
                .header("accept", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        if (who != null) {
            request = request.header("authorization", who.header().reveal());
        }
        return request.build();
    }

    private static Reading read(HttpResponse<byte[]> response, @Nullable Credential who) {
        int status = response.statusCode();
        try {
            if (status == 401 || status == 403) {
                throw new IOException("answered " + status + ": it wants another credential");
            }
            Reading reading = Answer.read(status, response.body());
            return reading instanceof Reading.Nothing nothing
                    ? new Reading.Nothing(clean(nothing.why(), who))
                    : reading;
        } catch (IOException e) {
            throw new CompletionException(e);
        }
    }

    private String words(Throwable failure, @Nullable Credential who) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof TimeoutException || cause instanceof HttpTimeoutException) {
            return "did not answer within " + Durations.write(timeout);
        }
        if (cause instanceof ConnectException) {
            return "could not be connected to";
        }
        String message = String.valueOf(cause.getMessage());
        return message.startsWith("answered ")
                ? clean(message, who)
                : "broke off the exchange (" + cause.getClass().getSimpleName() + ")";
    }

    /** What comes from outside may repeat what was sent, and be long. */
    private static String clean(String text, @Nullable Credential who) {
        String clean = text;
        if (who != null) {
            String header = who.header().reveal();
            clean = clean.replace(header, "[redacted]")
                    .replace(header.substring(header.indexOf(' ') + 1), "[redacted]")
                    .replace(who.secret().reveal(), "[redacted]");
        }
        clean = clean.replaceAll("[\\p{Cntrl}\\s]+", " ");
        return clean.length() <= MOST_WORDS ? clean : clean.substring(0, MOST_WORDS) + "...";
    }

    private static CompletableFuture<Reading> failed(String why) {
        return CompletableFuture.failedFuture(new IOException("Prometheus " + why));
    }

    @Override
    public String toString() {
        return "at " + query;
    }
}
