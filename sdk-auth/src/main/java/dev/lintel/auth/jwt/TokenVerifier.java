package dev.lintel.auth.jwt;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import dev.lintel.auth.jwt.KeyRing.Known;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Issuer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Verifies the tokens of some issuers: form, algorithm, issuer, times, signature. Audience, scopes and claims are judged
 * by the evaluator, which is given them. For event loops: {@link #cached} first, which never blocks, and {@link #verify}
 * for what is not known yet, which works on the executor and not on the caller's thread. Elsewhere {@code
 * verify(raw).toCompletableFuture().join()} does.
 *
 * <p>Safe for use by many threads. Nothing of a token ever stands in a reason or in a log.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</a>
 * @see <a href="https://www.rfc-editor.org/rfc/rfc9068#section-4">RFC 9068, 4</a>
 */
public final class TokenVerifier {
    private static final Logger LOG = LoggerFactory.getLogger(TokenVerifier.class);
    private static final Token TOO_LONG = new Token.Rejected("the token is too long");
    private static final Token MALFORMED = Jws.malformed().toToken();
    private static final Token OVERLOADED = new Token.Unverifiable("too many tokens are being verified");
    private static final Token FAULT = new Token.Unverifiable("the token could not be verified");
    private static final Duration REMEMBER_REFUSED = Duration.ofSeconds(5);
    private static final int REFUSED = 1_000;

    private final Map<String, Trusted> trusted = new LinkedHashMap<>();
    private final VerifierSettings settings;
    private final Executor executor;
    private final InstantSource clock;
    private final Cache<TokenKey, Good> good;
    private final Cache<TokenKey, Bad> bad;
    private final ConcurrentMap<TokenKey, CompletableFuture<Token>> flights = new ConcurrentHashMap<>();

    TokenVerifier(
            List<Issuer> issuers,
            Function<Issuer, KeyRing> rings,
            VerifierSettings settings,
            Executor executor,
            InstantSource clock) {
        for (Issuer issuer : issuers) {
            if (trusted.put(issuer.issuer(), new Trusted(rings.apply(issuer), algorithms(issuer))) != null) {
                throw new IllegalArgumentException("issuer '" + issuer.issuer() + "' is given twice");
            }
        }
        this.settings = settings;
        this.executor = executor;
        this.clock = clock;
        this.good = cache(settings.cachedTokens())
                .weigher((TokenKey key, Good entry) -> entry.weight())
                .expireAfter(Expiry.creating(
                        (TokenKey key, Good entry) -> Duration.ofMillis(entry.claims.until() - clock.millis())))
                .build();
        this.bad = cache(REFUSED)
                .weigher((TokenKey key, Bad entry) -> 1)
                .expireAfterWrite(REMEMBER_REFUSED)
                .build();
    }

    /** An issuer, and how its tokens may be signed. */
    private record Trusted(KeyRing ring, Set<Algorithm> algorithms) {}

    /** A good token, for as long as its time and the keys that verified it last. */
    private record Good(AccessClaims claims, KeyRing ring, long generation, int weight) {}

    /** A bad token; one that no known key had signed may be signed by a key that becomes known. */
    private record Bad(Token token, @Nullable KeyRing ring, long generation) {}

    /**
     * What is known about a token without any work: at once, without blocking, and nearly without allocation.
     *
     * @param raw the token as it was presented, without {@code Bearer}
     * @return null if it must be verified
     */
    public @Nullable Token cached(String raw) {
        if (raw.length() > settings.maxTokenLength()) {
            return TOO_LONG;
        }
        TokenKey key = TokenKey.of(raw);
        return key == null ? MALFORMED : cached(key);
    }

    private @Nullable Token cached(TokenKey key) {
        Good known = good.getIfPresent(key);
        long now = clock.millis();
        if (known != null) {
            return known.claims.isGoodAt(now) && known.ring.holds(known.generation, now) ? known.claims.token() : null;
        }
        Bad refused = bad.getIfPresent(key);
        if (refused == null || refused.ring != null && !refused.ring.holds(refused.generation, now)) {
            return null;
        }
        return refused.token;
    }

    /**
     * Verifies a token, fetching keys if need be. Equal tokens are verified once, however many wait.
     *
     * @param raw the token as it was presented, without {@code Bearer}
     * @return never fails; {@link Token.Unverifiable} if the keys cannot be had
     */
    public CompletionStage<Token> verify(String raw) {
        if (raw.length() > settings.maxTokenLength()) {
            return CompletableFuture.completedStage(TOO_LONG);
        }
        TokenKey key = TokenKey.of(raw);
        Token known = key == null ? MALFORMED : cached(key);
        if (key == null || known != null) {
            return CompletableFuture.completedStage(known == null ? MALFORMED : known);
        }
        CompletableFuture<Token> flight = new CompletableFuture<>();
        CompletableFuture<Token> before = flights.putIfAbsent(key, flight);
        if (before != null) {
            return before.minimalCompletionStage();
        }
        try {
            executor.execute(() -> judge(raw, key, flight));
        } catch (RejectedExecutionException e) {
            land(key, flight, OVERLOADED);
        }
        return flight.minimalCompletionStage();
    }

    /**
     * Fetches the keys of all issuers ahead of the first token. That an issuer is down is no failure here; its tokens are
     * unverifiable until its keys can be had.
     *
     * @return ends when each has answered or failed
     */
    public CompletionStage<Void> warmUp() {
        List<CompletableFuture<?>> all = new ArrayList<>();
        trusted.values().forEach(issuer -> all.add(issuer.ring.keys().toCompletableFuture()));
        return CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).minimalCompletionStage();
    }

    private void judge(String raw, TokenKey key, CompletableFuture<Token> flight) {
        try {
            Jws jws = Jws.parse(raw);
            Trusted issuer = trusted.get(AccessClaims.issuer(jws.claims()));
            if (issuer == null) {
                throw RefusedToken.forever("the token's issuer is not trusted here");
            }
            Algorithm algorithm = Algorithm.named(jws.algorithm())
                    .filter(issuer.algorithms::contains)
                    .orElseThrow(() -> RefusedToken.forever("the token's signature algorithm is not accepted"));
            AccessClaims claims = AccessClaims.read(
                    jws.claims(), clock.millis(), settings.clockSkew().toMillis());
            Judgement judgement = new Judgement(jws, claims, algorithm, issuer.ring, key, raw.length());
            then(issuer.ring.keys(), keys -> judgement.by(keys, true)).whenComplete((token, fault) -> {
                if (fault != null) {
                    land(key, flight, isRejected(fault) ? OVERLOADED : fault(fault));
                } else {
                    land(key, flight, token);
                }
            });
        } catch (RefusedToken e) {
            if (e.isLasting()) {
                bad.put(key, new Bad(e.toToken(), null, 0));
            }
            land(key, flight, e.toToken());
        } catch (RuntimeException e) {
            land(key, flight, fault(e));
        }
    }

    /** One token on its way to its signature. */
    private final class Judgement {
        private final Jws jws;
        private final AccessClaims claims;
        private final Algorithm algorithm;
        private final KeyRing ring;
        private final TokenKey key;
        private final int length;

        Judgement(Jws jws, AccessClaims claims, Algorithm algorithm, KeyRing ring, TokenKey key, int length) {
            this.jws = jws;
            this.claims = claims;
            this.algorithm = algorithm;
            this.ring = ring;
            this.key = key;
            this.length = length;
        }

        /** A key that is not known, or a new one under an old name, is worth one more fetch. */
        CompletionStage<Token> by(Optional<Known> known, boolean first) {
            if (known.isEmpty()) {
                return CompletableFuture.completedStage(
                        new Token.Unverifiable("the keys of issuer " + ring.issuer() + " cannot be had"));
            }
            List<VerificationKey> candidates = known.get().keys().candidates(algorithm, jws.keyId());
            if (candidates.stream().anyMatch(candidate -> jws.isSignedBy(candidate, algorithm))) {
                good.put(key, new Good(claims, ring, known.get().generation(), 1 + length / 1024));
                return CompletableFuture.completedStage(claims.token());
            }
            if (first) {
                return then(ring.newerThan(known.get()), newer -> {
                    boolean changed = newer.isEmpty()
                            || newer.get().generation() != known.get().generation();
                    return changed ? by(newer, false) : refused(candidates, known.get());
                });
            }
            return refused(candidates, known.get());
        }

        private CompletionStage<Token> refused(List<VerificationKey> candidates, Known known) {
            Token token = new Token.Rejected(
                    candidates.isEmpty() ? "the token's key is not known" : "the token's signature is wrong");
            bad.put(key, new Bad(token, ring, known.generation()));
            return CompletableFuture.completedStage(token);
        }
    }

    private void land(TokenKey key, CompletableFuture<Token> flight, Token token) {
        flights.remove(key, flight);
        flight.complete(token);
    }

    /** Goes on in the same thread if there is nothing to wait for, on the executor otherwise. */
    private <T> CompletionStage<Token> then(CompletionStage<T> stage, Function<T, CompletionStage<Token>> next) {
        CompletableFuture<T> future = stage.toCompletableFuture();
        return future.isDone() ? next.apply(future.join()) : future.thenComposeAsync(next, executor);
    }

    private static boolean isRejected(Throwable fault) {
        return fault instanceof RejectedExecutionException || fault.getCause() instanceof RejectedExecutionException;
    }

    /** The stack is logged without its message: what fails on a token may quote it. */
    private static Token fault(Throwable fault) {
        LOG.error(
                "A token could not be verified because of a fault in here: {}",
                fault.getClass().getName());
        return FAULT;
    }

    private Caffeine<Object, Object> cache(int most) {
        return Caffeine.newBuilder()
                .maximumWeight(most)
                .executor(Runnable::run)
                .ticker(() -> clock.millis() * 1_000_000);
    }

    private static Set<Algorithm> algorithms(Issuer issuer) {
        Set<Algorithm> algorithms = EnumSet.noneOf(Algorithm.class);
        for (String name : issuer.algorithms()) {
            algorithms.add(Algorithm.named(name)
                    .orElseThrow(() -> new IllegalArgumentException("issuer '" + issuer.issuer()
                            + "' accepts the algorithm '" + name + "', which is not one that can be verified")));
        }
        return algorithms;
    }
}
