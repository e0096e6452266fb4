package dev.lintel.embedded.authorization.login;

import dev.lintel.core.Secret;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.regex.Pattern;

/** The people that can log in by a password, and how often that may be tried. */
public final class Users {
    private static final Pattern NAME = Pattern.compile("[^\\p{Cntrl}]{1,100}");
    private static final int LONGEST_PASSWORD = 1_000;
    private static final int TRIES_PER_USER = 5;
    private static final int TRIES_PER_ADDRESS = 50;
    private static final Duration WITHIN = Duration.ofMinutes(15);

    private final ConcurrentMap<String, PasswordHash> byName = new ConcurrentHashMap<>();
    private final int iterations;
    private final SecureRandom random;
    /** Compared with where there is no such user, so that the time taken does not tell which users exist. */
    private final PasswordHash nobody;

    private final Attempts ofUser;
    private final Attempts ofAddress;

    /**
     * No users yet.
     *
     * @param iterations of the password hash
     * @param clock for the limits
     * @param random where salts come from
     */
    public Users(int iterations, InstantSource clock, SecureRandom random) {
        this.iterations = iterations;
        this.random = random;
        nobody = PasswordHash.ofNothing(iterations, random);
        ofUser = new Attempts(TRIES_PER_USER, WITHIN, clock);
        ofAddress = new Attempts(TRIES_PER_ADDRESS, WITHIN, clock);
    }

    /**
     * Adds a user.
     *
     * @param name at most 100 characters
     * @param password at most 1,000 characters; only its hash is kept
     * @throws IllegalArgumentException if there is such a user already
     */
    public void add(String name, Secret password) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a user's name must be 1 to 100 characters without control characters, but was '" + name + "'");
        }
        if (password.reveal().length() > LONGEST_PASSWORD) {
            throw new IllegalArgumentException(
                    "user '" + name + "': a password must have at most " + LONGEST_PASSWORD + " characters");
        }
        if (byName.putIfAbsent(name, PasswordHash.of(password, iterations, random)) != null) {
            throw new IllegalArgumentException("user '" + name + "' is registered already");
        }
    }

    /**
     * Notes who there is.
     *
     * @return what brings the users of now back, removes all others, and forgets wrong passwords
     */
    public Runnable checkpoint() {
        Map<String, PasswordHash> noted = new TreeMap<>(byName);
        return () -> {
            byName.keySet().retainAll(noted.keySet());
            byName.putAll(noted);
            ofUser.forgetAll();
            ofAddress.forgetAll();
        };
    }

    /**
     * Whether there is such a user.
     *
     * @param name as they type it
     * @return true if so
     */
    public boolean has(String name) {
        return byName.containsKey(name);
    }

    /**
     * What came of a try to log in.
     *
     * @param right whether it was the user's password
     * @param pause if not zero, nothing was compared, and this is how long to wait
     */
    public record Outcome(boolean right, Duration pause) {
        private static final Outcome RIGHT = new Outcome(true, Duration.ZERO);
        private static final Outcome WRONG = new Outcome(false, Duration.ZERO);
    }

    /**
     * Compares a password, unless there were too many wrong ones for this user or from this address.
     *
     * @param name as typed
     * @param password as typed
     * @param address where from
     * @return what came of it
     */
    public Outcome check(String name, Secret password, String address) {
        Duration wait = ofAddress.begin(address);
        if (!wait.isZero()) {
            return new Outcome(false, wait);
        }
        if (!NAME.matcher(name).matches()) {
            // Nobody can be called that; if it were counted, long names would fill the memory.
            return Outcome.WRONG;
        }
        wait = ofUser.begin(name);
        if (!wait.isZero()) {
            return new Outcome(false, wait);
        }
        PasswordHash hash = byName.getOrDefault(name, nobody);
        if (password.reveal().length() > LONGEST_PASSWORD || !hash.matches(password)) {
            return Outcome.WRONG;
        }
        ofUser.forget(name);
        ofAddress.takeBack(address);
        return Outcome.RIGHT;
    }
}
