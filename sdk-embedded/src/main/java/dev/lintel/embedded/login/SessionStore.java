package dev.lintel.embedded.login;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.LoginRule;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The sessions of one API: reads them from cookies, sees whether they still hold, has their tokens renewed. */
final class SessionStore {
    private static final int IDLE_STEPS = 8;
    private static final CompletionStage<Entrance> NOBODY = CompletableFuture.completedFuture(Entrance.nobody());

    private final LoginRule rule;
    private final Seal seal;
    private final CookieKeys keys;
    private final CookieParts parts;
    private final Revocations revocations;
    private final Renewals renewals;
    private final Renewals.Exchange exchange;
    private final SessionCache cache = new SessionCache();
    private final InstantSource clock;
    private final RandomGenerator random;

    SessionStore(
            LoginRule rule,
            Seal seal,
            CookieKeys keys,
            Memory memory,
            Renewals.Exchange exchange,
            InstantSource clock,
            RandomGenerator random) {
        this.rule = rule;
        this.seal = seal;
        this.keys = keys;
        this.parts = new CookieParts(rule.cookie());
        this.revocations = memory.revocations();
        this.renewals = memory.renewals();
        this.exchange = exchange;
        this.clock = clock;
        this.random = random;
    }

    /** What came of a request's session; at once, unless keys or tokens must be had first. */
    CompletionStage<Entrance> enter(Request request) {
        String value = parts.read(request);
        if (value == null) {
            return NOBODY;
        }
        SessionKeys known = keys.now();
        if (known != null && (!known.isOfOtherKey(value) || !keys.mayKnowMore())) {
            return enter(known, value, request);
        }
        return keys.load().thenCompose(loaded -> loaded == null ? NOBODY : enter(loaded, value, request));
    }

    private CompletionStage<Entrance> enter(SessionKeys ring, String value, Request request) {
        Session shown = read(ring, value, Seal.host(request));
        long now = clock.millis();
        if (shown == null || isOver(shown, now)) {
            return NOBODY;
        }
        Session newest = renewals.newest(shown);
        if (newest.refreshToken() != null && now >= newest.renewAt()) {
            CompletionStage<Renewals.Answer> answer = renewals.renew(newest, exchange);
            if (now >= newest.tokenEnds()) {
                return answer.thenApply(renewed -> renewed.session() == null
                        ? Entrance.nobody()
                        : entrance(renewed.session(), shown, ring, request));
            }
            CompletableFuture<Renewals.Answer> known = answer.toCompletableFuture();
            Session renewed = known.isDone() ? known.join().session() : null;
            if (renewed != null) {
                newest = renewed;
            }
        } else if (now >= newest.tokenEnds()) {
            return NOBODY;
        }
        return CompletableFuture.completedFuture(entrance(newest, shown, ring, request));
    }

    private @Nullable Session read(SessionKeys ring, String value, String host) {
        Session cached = cache.get(ring, host, value);
        if (cached != null) {
            return cached;
        }
        byte[] opened = ring.open(value, seal.session(host));
        Session session = opened == null ? null : SessionCodec.read(opened);
        if (session != null) {
            cache.put(ring, host, value, session);
        }
        return session;
    }

    private boolean isOver(Session session, long now) {
        Duration idle = rule.idle();
        return now >= session.ends()
                || now - session.began() >= rule.lifetime().toMillis()
                || idle != null && now - session.seen() >= idle.toMillis()
                || revocations.isEnded(session);
    }

    private Entrance entrance(Session session, Session shown, SessionKeys ring, Request request) {
        long now = clock.millis();
        if (isOver(session.seenAt(shown.seen()), now)) {
            return Entrance.nobody();
        }
        Duration idle = rule.idle();
        boolean stale = idle != null && now - shown.seen() >= idle.toMillis() / IDLE_STEPS;
        List<String> cookies = List.of();
        if (stale || session.generation() != shown.generation()) {
            List<String> written = written(session.seenAt(now), ring, request);
            cookies = written == null ? List.of() : written;
        }
        return new Entrance(session, token(session), cookies);
    }

    private Token token(Session session) {
        return session.verified(rule.issuer(), rule.clientId());
    }

    /** What sets a session's cookies; null if it has no room in them. */
    @Nullable
    List<String> written(Session session, SessionKeys ring, Request request) {
        String value = ring.seal(SessionCodec.write(session), seal.session(Seal.host(request)), random);
        return parts.write(value, Duration.ofMillis(session.ends() - clock.millis()), request);
    }

    /** Ends a session here, so that its cookie is refused when it comes again. */
    void end(Session session) {
        revocations.session(session, clock.millis());
        renewals.forget(session);
    }

    /** What removes the cookies of a request. */
    List<String> removed(Request request) {
        return parts.remove(request);
    }
}
