package dev.lintel.traffic.rollout.prometheus;

import dev.lintel.core.Durations;
import dev.lintel.core.Secret;
import dev.lintel.core.metric.Metrics;
import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a Prometheus, or what speaks its HTTP API, has measured. Never changes; safe for use by many threads.
 *
 * <p>Unless other queries are said, it asks for Istio's standard metrics as those report them who call ({@code
 * reporter="source"}), so that calls count which never arrived: {@code istio_requests_total}, where 500 to 599 and 0 (no
 * answer) are errors, and {@code istio_request_duration_milliseconds_bucket}. A version is recognised by {@code
 * destination_version}. Where callers have no sidecar, or a version has a service of its own, say other queries.
 *
 * <p>A number is a reading; no series, several of them, NaN, infinity, a partial answer and a query that Prometheus refuses
 * are nothing, with the reason. A Prometheus that cannot be reached, is too slow, refuses the caller, or answers something
 * else fails the reading.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/metrics/">Istio, standard metrics</a>
 */
public final class PrometheusMetrics implements Metrics {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final String OF = "reporter=\"source\",destination_service_name=\"$service\","
            + "destination_service_namespace=\"$namespace\",destination_version=\"$version\"";
    /** Without failures there is no series of them, and nothing divided by something would be nothing. */
    private static final String ERRORS = "(sum(rate(istio_requests_total{" + OF
            + ",response_code=~\"5..|0\"}[$window])) or vector(0)) / sum(rate(istio_requests_total{" + OF
            + "}[$window]))";

    private static final String LATENCIES = "histogram_quantile($quantile, sum by (le) ("
            + "rate(istio_request_duration_milliseconds_bucket{" + OF + "}[$window]))) / 1000";
    private static final String CALLS = "sum(increase(istio_requests_total{" + OF + "}[$window]))";

    private final PrometheusClient client;
    private final Map<String, Query> queries;

    /** A query, and the one that counts what it is made of. */
    private record Query(QueryTemplate value, @Nullable QueryTemplate samples) {}

    private PrometheusMetrics(PrometheusClient client, Map<String, Query> queries) {
        this.client = client;
        this.queries = Collections.unmodifiableMap(new LinkedHashMap<>(queries));
    }

    /**
     * A Prometheus, asked for Istio's standard metrics.
     *
     * @param uri where it is, with the prefix of its paths if it has one: {@code http://prometheus.monitoring:9090}. No user,
     *     query or fragment
     * @return the metrics
     */
    public static PrometheusMetrics at(URI uri) {
        Map<String, Query> istio = new LinkedHashMap<>();
        QueryTemplate calls = new QueryTemplate(CALLS);
        istio.put(Question.ERROR_RATE, new Query(new QueryTemplate(ERRORS), calls));
        istio.put(Question.LATENCY, new Query(new QueryTemplate(LATENCIES), calls));
        HttpClient http = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
        return new PrometheusMetrics(PrometheusClient.of(uri, http), istio);
    }

    /**
     * Asks another query for a metric.
     *
     * @param metric {@link Question#ERROR_RATE} (a share), {@link Question#LATENCY} (seconds), or the name that a gate uses
     * @param query PromQL that gives one number, with {@code $service}, {@code $namespace}, {@code $version} inside quotes
     *     where they are compared by {@code =}, {@code $quantile}, and {@code $window} as in {@code [$window]}
     * @return new metrics
     */
    public PrometheusMetrics query(String metric, String query) {
        return with(metric, new Query(new QueryTemplate(query), null));
    }

    /**
     * Asks another query for a metric, and one for the number of calls that its value is made of.
     *
     * @param metric {@link Question#ERROR_RATE} (a share), {@link Question#LATENCY} (seconds), or the name that a gate uses
     * @param query PromQL that gives one number
     * @param samples PromQL that gives the number of calls; where it gives none, nothing is concluded
     * @return new metrics
     */
    public PrometheusMetrics query(String metric, String query, String samples) {
        return with(metric, new Query(new QueryTemplate(query), new QueryTemplate(samples)));
    }

    private PrometheusMetrics with(String metric, Query query) {
        Map<String, Query> more = new LinkedHashMap<>(queries);
        more.put(metric, query);
        return new PrometheusMetrics(client, more);
    }

    /**
     * Says who asks, by user and password (RFC 7617).
     *
     * @param user without colon
     * @param password asked for before each query, so that it may change
     * @return new metrics
     */
    public PrometheusMetrics basic(String user, Supplier<Secret> password) {
        if (user.indexOf(':') >= 0 || user.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("a user must have neither ':' nor controls (RFC 7617, 2)");
        }
        return new PrometheusMetrics(client.basic(user, password), queries);
    }

    /**
     * Says who asks, by a token (RFC 6750).
     *
     * @param token asked for before each query, so that it may change
     * @return new metrics
     */
    public PrometheusMetrics bearer(Supplier<Secret> token) {
        return new PrometheusMetrics(client.bearer(token), queries);
    }

    /**
     * Limits the time for one query.
     *
     * @param limit 1 ms to 5 min; 5 s unless said
     * @return new metrics
     */
    public PrometheusMetrics timeout(Duration limit) {
        if (limit.compareTo(Duration.ofMillis(1)) < 0 || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "the time-out of a query must be 1 ms to " + Durations.write(LONGEST) + ", but was " + limit);
        }
        return new PrometheusMetrics(client.timeout(limit), queries);
    }

    /**
     * Uses another HTTP client, for example one that trusts a certificate of one's own or goes by a proxy.
     *
     * @param http it should follow no redirects, because they would carry the credentials elsewhere
     * @return new metrics
     */
    public PrometheusMetrics client(HttpClient http) {
        return new PrometheusMetrics(client.http(http), queries);
    }

    @Override
    public CompletionStage<Reading> read(Question question) {
        Query query = queries.get(question.name());
        if (query == null) {
            return nothing("there is no such metric: no query is said for '" + question.name() + "'; there are "
                    + String.join(", ", queries.keySet()));
        }
        int dot = question.api().indexOf('.');
        if (dot < 0) {
            return nothing("an API is 'name.namespace', but was '" + question.api() + "'");
        }
        String service = question.api().substring(0, dot);
        String namespace = question.api().substring(dot + 1);
        CompletableFuture<Reading> value = client.ask(query.value().of(service, namespace, question));
        if (query.samples() == null) {
            return value;
        }
        return value.thenCombine(
                client.ask(query.samples().of(service, namespace, question)), PrometheusMetrics::counted);
    }

    private static Reading counted(Reading value, Reading samples) {
        if (value instanceof Reading.Value number && samples instanceof Reading.Value count) {
            // Prometheus extrapolates, so that counts have fractions.
            return new Reading.Value(number.value(), Math.max(0, Math.round(count.value())));
        }
        // Where there are no calls there may be no series of them, while the value says that all is well.
        return value instanceof Reading.Value && samples instanceof Reading.Nothing nothing
                ? new Reading.Nothing("its calls could not be counted: " + nothing.why())
                : value;
    }

    private static CompletionStage<Reading> nothing(String why) {
        return CompletableFuture.completedFuture(new Reading.Nothing(why));
    }

    @Override
    public String toString() {
        return "Prometheus " + client + String.format(Locale.ROOT, " (%d metrics)", queries.size());
    }
}
