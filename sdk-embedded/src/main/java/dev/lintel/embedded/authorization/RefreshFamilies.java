package dev.lintel.embedded.authorization;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Refresh tokens, in families: each use gives the next token of the same family and ends the one before (RFC 9700,
 * 4.14.2). A token is the family's identifier, its number in the family, and a tag that only the server can make; so none
 * has to be kept, old ones are recognized for ever, and the same predecessor has the same successor.
 */
final class RefreshFamilies {
    private static final int MOST = 100_000;
    private static final int KEY_BYTES = 32;
    private static final int LONGEST = 200;

    private final InstantSource clock;
    private final Duration grace;
    private final Changes changes;
    private final Map<String, Family> families = new LinkedHashMap<>();
    private byte[] key = new byte[KEY_BYTES];

    RefreshFamilies(InstantSource clock, SecureRandom random, Duration grace, Changes changes) {
        this.changes = changes;
        this.clock = clock;
        this.grace = grace;
        random.nextBytes(key);
    }

    /**
     * What the tokens of a family have in common.
     *
     * @param id where it is found
     * @param grant what the user allowed
     * @param binding what a public client's tokens are bound to
     * @param end when the last of them expires
     * @param number which of its tokens is good now
     * @param since when the token before it was used
     * @param withheld whether the client was not told the token that is good now, so that it may use the one before again
     */
    record Family(
            String id,
            UserGrant grant,
            Binding binding,
            Instant end,
            long number,
            @Nullable Instant since,
            boolean withheld) {
        private Family at(long now, Instant used) {
            return new Family(id, grant, binding, end, now, used, false);
        }

        private Family untold() {
            return new Family(id, grant, binding, end, number, since, true);
        }
    }

    /** How a token stands. */
    enum Standing {
        GOOD,
        UNKNOWN,
        REUSED
    }

    /** A token, and its family if it is one of ours. */
    record Found(Standing standing, @Nullable Family family) {}

    /** Starts a family under this identifier, and answers its first token. */
    synchronized String start(String id, UserGrant grant, Binding binding, Duration lifetime) {
        Instant now = clock.instant();
        if (families.size() >= MOST) {
            families.values().removeIf(family -> !family.end().isAfter(now));
        }
        if (families.size() >= MOST) {
            families.remove(families.keySet().iterator().next());
        }
        families.put(id, new Family(id, grant, binding, now.plus(lifetime), 0, null, false));
        changes.note();
        return token(id, 0);
    }

    /** The family of this identifier, while it lives. */
    synchronized Optional<Family> find(String id) {
        return Optional.ofNullable(families.get(id))
                .filter(family -> family.end().isAfter(clock.instant()));
    }

    /** How a token stands now, without using it. */
    synchronized Found look(String token) {
        String[] parts = token.length() > LONGEST ? new String[0] : token.split("\\.", -1);
        Optional<Long> number = parts.length == 3 ? number(parts[1]) : Optional.empty();
        if (number.isEmpty() || !isSame(token, token(parts[0], number.get()))) {
            return new Found(Standing.UNKNOWN, null);
        }
        Family family = families.get(parts[0]);
        Instant now = clock.instant();
        if (family == null || !family.end().isAfter(now) || number.get() > family.number()) {
            return new Found(Standing.UNKNOWN, null);
        }
        boolean current = number.get() == family.number();
        return new Found(current || isGraced(family, number.get(), now) ? Standing.GOOD : Standing.REUSED, family);
    }

    /** Uses a token that stood well: answers its successor, or nothing if that has changed meanwhile. */
    synchronized Optional<String> use(String token) {
        Found found = look(token);
        Family family = found.family();
        if (found.standing() != Standing.GOOD || family == null) {
            return Optional.empty();
        }
        boolean current = token.equals(token(family.id(), family.number()));
        long next = current ? family.number() + 1 : family.number();
        if (current || family.withheld()) {
            families.put(family.id(), family.at(next, clock.instant()));
            changes.note();
        }
        changes.ifWithheld(() -> withheld(family.id(), next));
        return Optional.of(token(family.id(), next));
    }

    /** Nobody was told this token: who comes with the one before is no thief. */
    private synchronized void withheld(String id, long number) {
        Family family = families.get(id);
        if (family != null && family.number() == number) {
            families.put(id, family.untold());
            changes.note();
        }
    }

    /** Ends a family. */
    synchronized void end(String id) {
        families.remove(id);
        changes.note();
    }

    /** What brings the families of now back, as far as they were used then, and ends all others. */
    synchronized Runnable checkpoint() {
        Map<String, Family> noted = new LinkedHashMap<>(families);
        return () -> {
            synchronized (this) {
                families.clear();
                families.putAll(noted);
            }
            changes.note();
        };
    }

    synchronized List<Family> all() {
        Instant now = clock.instant();
        families.values().removeIf(family -> !family.end().isAfter(now));
        return new ArrayList<>(families.values());
    }

    synchronized byte[] key() {
        return key.clone();
    }

    synchronized void restore(byte[] before, List<Family> kept) {
        key = before.clone();
        kept.forEach(family -> families.put(family.id(), family));
    }

    private boolean isGraced(Family family, long number, Instant now) {
        Instant since = family.since();
        boolean recent = since != null && now.isBefore(since.plus(grace));
        return number == family.number() - 1 && (recent || family.withheld());
    }

    private static Optional<Long> number(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            return Optional.empty();
        }
        return Optional.of(Long.parseLong(text));
    }

    private String token(String family, long number) {
        String what = family + "." + number;
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            byte[] tag = mac.doFinal(("refresh." + what).getBytes(StandardCharsets.UTF_8));
            return what + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(tag);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HmacSHA256", e);
        }
    }

    private static boolean isSame(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
