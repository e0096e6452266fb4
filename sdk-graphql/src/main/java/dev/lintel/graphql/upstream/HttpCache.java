package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A cache of the answers of one service, RFC 9111: what is fresh is not asked again, what is stale is asked with its
 * validators, {@code Vary} is obeyed, and a change by an unsafe method forgets its target. Lifetimes are only those that
 * the service says. Safe for use by many threads.
 */
public final class HttpCache {
    private static final int VARIANTS = 8;
    private static final Set<String> SAFE = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final Set<String> OWN =
            Set.of("if-none-match", "if-match", "if-modified-since", "if-unmodified-since", "if-range", "range");

    private final boolean shared;
    private final long limit;
    private final InstantSource clock;
    private final Map<String, List<Stored>> entries = new LinkedHashMap<>(16, 0.75f, true);
    private long size;

    private HttpCache(boolean shared, long limit, InstantSource clock) {
        this.shared = shared;
        this.limit = limit;
        this.clock = Objects.requireNonNull(clock, "clock");
    }

    /**
     * A private cache, for the calls of one query of one caller.
     *
     * @param bytes that it holds at most
     * @param clock that tells how old answers are
     * @return to be forgotten with the query
     */
    public static HttpCache ofRequest(long bytes, InstantSource clock) {
        return new HttpCache(false, bytes, clock);
    }

    /**
     * A cache for all callers. It keeps only what the service calls {@code public} or gives an {@code s-maxage}, so nothing
     * that was answered to credentials without either.
     *
     * @param bytes that it holds at most; what was used longest ago goes first
     * @param clock that tells how old answers are
     * @return for one service
     */
    public static HttpCache shared(long bytes, InstantSource clock) {
        return new HttpCache(true, bytes, clock);
    }

    /**
     * A service whose answers are kept.
     *
     * @param upstream that is called
     * @return with this cache before it
     */
    public Upstream over(Upstream upstream) {
        return request -> call(upstream, request);
    }

    private UpstreamAnswer call(Upstream upstream, UpstreamRequest request) throws IOException {
        if (!SAFE.contains(request.method())) {
            UpstreamAnswer answer = upstream.call(request);
            if (answer.status() < 400) {
                forget(request.target());
            }
            return answer;
        }
        boolean usable = request.method().equals("GET")
                && request.body() == null
                && request.headers().stream()
                        .noneMatch(header -> OWN.contains(header.name().toLowerCase(Locale.ROOT)));
        return usable ? get(upstream, request) : upstream.call(request);
    }

    private UpstreamAnswer get(Upstream upstream, UpstreamRequest request) throws IOException {
        CacheControl wanted = CacheControl.of(request.headers());
        Stored stored = wanted.has("no-store") ? null : find(request);
        Instant asked = clock.instant();
        if (stored != null && stored.fresh(asked) && !wanted.has("no-cache")) {
            return stored.aged(asked);
        }
        UpstreamAnswer answer;
        if (stored != null && stored.checkable()) {
            answer = upstream.call(stored.check(request));
            answer = answer.status() == 304 ? stored.renewed(answer) : answer;
        } else {
            answer = upstream.call(request);
        }
        keep(request, Stored.of(request, answer, shared, asked, clock.instant()), answer.status());
        return answer;
    }

    private synchronized @Nullable Stored find(UpstreamRequest request) {
        for (Stored each : entries.getOrDefault(request.target(), List.of())) {
            if (each.matches(request)) {
                return each;
            }
        }
        return null;
    }

    private synchronized void forget(String target) {
        List<Stored> gone = entries.remove(target);
        size -= gone == null ? 0 : size(target, gone);
    }

    /** An answer takes the place of the one before it, also if it may not be kept itself; a failure does not. */
    private synchronized void keep(UpstreamRequest request, @Nullable Stored stored, int status) {
        if (stored == null && status >= 500) {
            return;
        }
        String target = request.target();
        List<Stored> variants = new ArrayList<>(entries.getOrDefault(target, List.of()));
        forget(target);
        variants.removeIf(each -> each.matches(request));
        if (stored != null && stored.size() + target.length() <= limit) {
            variants.add(0, stored);
        }
        while (variants.size() > VARIANTS) {
            Stored unusedOldest = variants.remove(variants.size() - 1);
        }
        if (!variants.isEmpty()) {
            List<Stored> unusedNone = entries.put(target, List.copyOf(variants));
            size += size(target, variants);
        }
        Iterator<Map.Entry<String, List<Stored>>> eldest = entries.entrySet().iterator();
        while (size > limit && eldest.hasNext()) {
            Map.Entry<String, List<Stored>> entry = eldest.next();
            size -= size(entry.getKey(), entry.getValue());
            eldest.remove();
        }
    }

    private static long size(String target, List<Stored> variants) {
        return target.length() + variants.stream().mapToLong(Stored::size).sum();
    }

    /**
     * How much is kept.
     *
     * @return bytes, never more than the limit
     */
    public synchronized long bytes() {
        return size;
    }
}
