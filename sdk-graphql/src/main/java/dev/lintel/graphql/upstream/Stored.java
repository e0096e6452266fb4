package dev.lintel.graphql.upstream;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An answer in a cache.
 *
 * @param vary headers of the request that chose it, by the names in {@code Vary}
 * @param answer as it came
 * @param received when
 * @param age that it had then, RFC 9111, 4.2.3
 * @param lifetime how old it is used without asking
 */
record Stored(Map<String, String> vary, UpstreamAnswer answer, Instant received, Duration age, Duration lifetime) {
    private static final Set<Integer> STATUSES = Set.of(200, 203, 204, 404, 410);

    /** Keeps a copy. */
    Stored {
        vary = Collections.unmodifiableMap(new TreeMap<>(vary));
    }

    /** What a cache may keep of an answer, null if it may not. */
    static @Nullable Stored of(
            UpstreamRequest request, UpstreamAnswer answer, boolean shared, Instant asked, Instant received) {
        CacheControl said = CacheControl.of(answer.headers());
        boolean open = said.has("public") || said.has("s-maxage");
        String vary = String.join(",", values(answer.headers(), "vary"));
        if (!STATUSES.contains(answer.status())
                || said.has("no-store")
                || CacheControl.of(request.headers()).has("no-store")
                || shared && (!open || said.has("private") || answer.header("set-cookie") != null)
                || vary.contains("*")) {
            return null;
        }
        Instant date = instant(answer.header("date"));
        Duration lifetime = said.has("no-cache") ? Duration.ZERO : lifetime(said, answer, shared, date);
        Stored stored =
                new Stored(chosen(vary, request), answer, received, age(answer, date, asked, received), lifetime);
        return lifetime.isZero() && !stored.checkable() ? null : stored;
    }

    private static Duration lifetime(CacheControl said, UpstreamAnswer answer, boolean shared, @Nullable Instant date) {
        if (shared && said.has("s-maxage")) {
            return Duration.ofSeconds(said.seconds("s-maxage"));
        }
        if (said.has("max-age")) {
            return Duration.ofSeconds(said.seconds("max-age"));
        }
        Instant expires = instant(answer.header("expires"));
        return expires == null || date == null || expires.isBefore(date)
                ? Duration.ZERO
                : Duration.between(date, expires);
    }

    private static Duration age(UpstreamAnswer answer, @Nullable Instant date, Instant asked, Instant received) {
        String text = answer.header("age");
        boolean number = text != null && text.length() < 10 && text.chars().allMatch(c -> c >= '0' && c <= '9');
        long said = !number || text == null || text.isEmpty() ? 0 : Long.parseLong(text);
        Duration corrected = Duration.between(asked, received).plusSeconds(said);
        Duration apparent = date == null ? Duration.ZERO : Duration.between(date, received);
        return corrected.compareTo(apparent) > 0 ? corrected : apparent;
    }

    private static @Nullable Instant instant(@Nullable String text) {
        ZonedDateTime date = RetryAfter.date(text);
        return date == null ? null : date.toInstant();
    }

    private static Map<String, String> chosen(String vary, UpstreamRequest request) {
        Map<String, String> chosen = new TreeMap<>();
        for (String name : vary.split(",", 100)) {
            if (!name.isBlank()) {
                String lower = name.strip().toLowerCase(Locale.ROOT);
                chosen.put(lower, String.join(",", values(request.headers(), lower)));
            }
        }
        return chosen;
    }

    private static List<String> values(List<Header> headers, String name) {
        return headers.stream()
                .filter(header -> header.name().equalsIgnoreCase(name))
                .map(Header::value)
                .toList();
    }

    boolean matches(UpstreamRequest request) {
        return vary.entrySet().stream()
                .allMatch(each -> String.join(",", values(request.headers(), each.getKey()))
                        .equals(each.getValue()));
    }

    private Duration age(Instant now) {
        return age.plus(Duration.between(received, now));
    }

    boolean fresh(Instant now) {
        return lifetime.compareTo(age(now)) > 0;
    }

    boolean checkable() {
        return answer.header("etag") != null || answer.header("last-modified") != null;
    }

    /** The request that asks whether it still holds. */
    UpstreamRequest check(UpstreamRequest request) {
        UpstreamRequest check = request;
        String tag = answer.header("etag");
        String modified = answer.header("last-modified");
        check = tag == null ? check : check.with(new Header("If-None-Match", tag));
        return modified == null ? check : check.with(new Header("If-Modified-Since", modified));
    }

    /** The answer after the service has said that it still holds: with the headers that it said anew. */
    UpstreamAnswer renewed(UpstreamAnswer notModified) {
        List<Header> headers = new ArrayList<>(notModified.headers());
        answer.headers().stream()
                .filter(header -> notModified.header(header.name()) == null
                        && !header.name().equalsIgnoreCase("age"))
                .forEach(headers::add);
        return new UpstreamAnswer(answer.status(), headers, answer.body());
    }

    /** The answer as it is given now. */
    UpstreamAnswer aged(Instant now) {
        List<Header> headers = new ArrayList<>(answer.headers());
        headers.removeIf(header -> header.name().equalsIgnoreCase("age"));
        headers.add(new Header("Age", String.valueOf(Math.max(0, age(now).toSeconds()))));
        return new UpstreamAnswer(answer.status(), headers, answer.body());
    }

    long size() {
        long size = 1000L + answer.body().length;
        for (Header header : answer.headers()) {
            size += (long) header.name().length() + header.value().length();
        }
        return size;
    }
}
