package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import dev.lintel.embedded.authorization.login.Cookie;
import java.net.URI;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The browsers that came by, and who is logged in in them. Two cookies: one that a browser gets with its first page and that
 * ties its forms to it, and one that is made anew at each login, so that nobody can prepare it for somebody else.
 */
final class Sessions {
    private static final Duration VISIT = Duration.ofDays(1);

    private final InstantSource clock;
    private final SecureRandom random;
    private final Duration lifetime;
    private final Cookie visitCookie;
    private final Cookie sessionCookie;
    private final Tickets<Long> visits;
    private final AtomicLong last = new AtomicLong();
    private volatile Tickets<Session> sessions;

    Sessions(URI issuer, Duration lifetime, InstantSource clock, SecureRandom random) {
        this.clock = clock;
        this.random = random;
        this.lifetime = lifetime;
        this.visitCookie = new Cookie("lintel-visit", issuer);
        this.sessionCookie = new Cookie("lintel-session", issuer);
        this.visits = new Tickets<>(clock, random);
        this.sessions = new Tickets<>(clock, random);
    }

    /**
     * Somebody who is logged in.
     *
     * @param id of the login; never leaves the server
     * @param sid its name for clients (OpenID Connect Back-Channel Logout 1.0, 2.1)
     * @param subject who
     * @param authenticated when they proved it
     */
    record Session(long id, String sid, String subject, Instant authenticated) {}

    /** A browser, and the answer's header field that makes it known if it is new. */
    record Visit(long id, Optional<String> cookie) {
        Reply on(Reply reply) {
            return cookie.map(value -> reply.header("Set-Cookie", value)).orElse(reply);
        }
    }

    Optional<Session> of(Received request) {
        return sessionCookie.of(request).flatMap(sessions::look);
    }

    /** The browser, if it has been here before. */
    Optional<Visit> visit(Received request) {
        return visitCookie.of(request).flatMap(visits::look).map(id -> new Visit(id, Optional.empty()));
    }

    /** The browser, which is made known if it is new. */
    Visit welcome(Received request) {
        return visit(request).orElseGet(() -> {
            long id = last.incrementAndGet();
            return new Visit(id, Optional.of(visitCookie.set(visits.issue(id, VISIT), VISIT)));
        });
    }

    /** Somebody who has just proved who they are, without a browser that knows it. */
    Session made(String subject) {
        return new Session(last.incrementAndGet(), TokenIds.random(random), subject, clock.instant());
    }

    /** Somebody is logged in from now on; whoever was it in this browser before is not. */
    Reply start(Received request, Session session, Reply reply) {
        sessionCookie.of(request).ifPresent(sessions::drop);
        return reply.header("Set-Cookie", sessionCookie.set(sessions.issue(session, lifetime), lifetime));
    }

    Reply end(Received request, Reply reply) {
        sessionCookie.of(request).ifPresent(sessions::drop);
        return reply.header("Set-Cookie", sessionCookie.remove());
    }

    void endAll() {
        sessions = new Tickets<>(clock, random);
    }
}
