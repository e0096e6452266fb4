package dev.lintel.embedded.login;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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
    private long longest;
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

    /** How long sessions may last: what is remembered is remembered for the longest that was ever said. */
    synchronized void lasting(long lifetime) {
        longest = Math.max(longest, lifetime);
    }

    /**
     * What the provider has ended: all that began until now in a session of its own, or that a user began anywhere.
     *
     * @param sid the provider's session; null if all of the user's end
     * @param subject the user; null if only the session is named. Where the session is named, those of the user end too of
     *     which it was never said to which session of the provider they belong
     */
    synchronized void atProvider(@Nullable String sid, @Nullable String subject, long now) {
        long forget = now + longest;
        if (sid != null) {
            note("sid:" + sid, now, forget, now);
        }
        if (subject != null) {
            note((sid == null ? "sub:" : "none:") + subject, now, forget, now);
        }
    }

    private synchronized void note(String key, long at, long forget, long now) {
        if (ended.size() >= most) {
            ended.values().removeIf(one -> one.forget() <= now);
        }
        if (ended.size() >= most) {
            ended.clear();
            // The clock may have been set back since.
            watermark = Math.max(watermark, now);
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
                || covers(
                        session.providerSession() == null
                                ? "none:" + session.subject()
                                : "sid:" + session.providerSession(),
                        session)
                || covers("sub:" + session.subject(), session);
    }

    private boolean covers(String key, Session session) {
        Ended one = ended.get(key);
        return one != null && session.began() <= one.at();
    }
}
