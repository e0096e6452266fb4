package dev.lintel.embedded.login;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sessions that ended before their time, so that their cookies are refused when they come again. Bounded: if there are too many,
 * all sessions of the time before end, because an ended one must not live on.
 */
final class Revocations {
    private static final int MOST = 100_000;

    /** Longer than a logout token is good. */
    private static final long TOKEN = 600_000;

    private final int most;
    private final Map<String, Ended> ended = new LinkedHashMap<>();
    private final Map<String, Long> seen = new LinkedHashMap<>();
    private volatile long watermark = Long.MIN_VALUE;
    private volatile boolean any;

    private record Ended(long at, long forget) {}

    Revocations() {
        this(MOST);
    }

    Revocations(int most) {
        this.most = most;
    }

    /** Whether a logout token is seen for the first time; too many at once are as good as seen. */
    synchronized boolean first(String tokenId, long now) {
        seen.values().removeIf(forget -> forget <= now);
        return seen.size() < most && seen.putIfAbsent(tokenId, now + TOKEN) == null;
    }

    /** One session, for as long as its cookie would be good. */
    void session(Session session, long now) {
        note("id:" + session.id(), Long.MAX_VALUE, session.ends(), now);
    }

    /** All that began until then in a session of the provider. */
    void providerSession(String sid, long until, long forget, long now) {
        note("sid:" + sid, until, forget, now);
    }

    /** All that a user began until then. */
    void subject(String subject, long until, long forget, long now) {
        note("sub:" + subject, until, forget, now);
    }

    private synchronized void note(String key, long at, long forget, long now) {
        if (ended.size() >= most) {
            ended.values().removeIf(one -> one.forget() <= now);
        }
        if (ended.size() >= most) {
            ended.clear();
            watermark = now;
        }
        ended.merge(
                key,
                new Ended(at, forget),
                (a, b) -> new Ended(Math.max(a.at(), b.at()), Math.max(a.forget(), b.forget())));
        any = true;
    }

    boolean isEnded(Session session) {
        return session.began() <= watermark || any && isNoted(session);
    }

    private synchronized boolean isNoted(Session session) {
        return covers("id:" + session.id(), session)
                || session.providerSession() != null && covers("sid:" + session.providerSession(), session)
                || covers("sub:" + session.subject(), session);
    }

    private boolean covers(String key, Session session) {
        Ended one = ended.get(key);
        return one != null && session.began() <= one.at();
    }
}
