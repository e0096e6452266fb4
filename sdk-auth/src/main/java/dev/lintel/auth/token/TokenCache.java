package dev.lintel.auth.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of many keys, such as those of all users of an application. Those that are used often are kept, up to a number;
 * one that is pushed out lives on as long as somebody holds its handle or waits for it, so that a key never has two
 * requests on their way.
 */
public final class TokenCache implements AutoCloseable {
    private final Function<Coordinates, TokenSource> sources;
    private final TokenSettings settings;
    private final Cache<Coordinates, TokenHandle> kept;
    /** All that anybody holds, pushed out or not: this cache alone would forget them at the next collection. */
    private final Cache<Coordinates, TokenHandle> known;

    private volatile boolean closed;

    private TokenCache(Function<Coordinates, TokenSource> sources, TokenSettings settings, int most) {
        if (most < 1) {
            throw new IllegalArgumentException("at least 1 key must be kept, but the number was " + most);
        }
        this.sources = sources;
        this.settings = settings;
        this.kept =
                Caffeine.newBuilder().maximumSize(most).executor(Runnable::run).build();
        this.known = Caffeine.newBuilder().weakValues().executor(Runnable::run).build();
    }

    /**
     * An empty cache.
     *
     * @param sources what gets the token of a key; asked when a key is new, and must not block
     * @param settings what to work with
     * @param most how many keys are kept
     * @return a cache
     */
    public static TokenCache of(Function<Coordinates, TokenSource> sources, TokenSettings settings, int most) {
        return new TokenCache(sources, settings, most);
    }

    /**
     * The token of a key, bound once; the fastest way is to keep the answer.
     *
     * @param key which token
     * @return its handle
     * @throws TokenException if this is closed
     */
    public TokenHandle handle(Coordinates key) {
        TokenHandle handle = kept.getIfPresent(key);
        return handle != null ? handle : bind(key, null);
    }

    /**
     * The token of a key that this source gets, if the key is new.
     *
     * @param key which token
     * @param source what gets it; passed over if the key is known already
     * @return its handle
     * @throws TokenException if this is closed
     */
    public TokenHandle handle(Coordinates key, TokenSource source) {
        TokenHandle handle = kept.getIfPresent(key);
        return handle != null ? handle : bind(key, source);
    }

    private TokenHandle bind(Coordinates key, @Nullable TokenSource source) {
        if (closed) {
            throw new TokenException("The token client '" + key.client() + "' is closed");
        }
        TokenHandle handle = known.get(
                key, unknown -> TokenHandle.of(unknown, source == null ? sources.apply(unknown) : source, settings));
        kept.put(key, handle);
        if (closed) {
            handle.close();
        }
        return handle;
    }

    /**
     * A token that is good now; waits if there is none yet.
     *
     * @param key which token
     * @return the token
     * @throws TokenException if there is none to be had
     */
    public AccessToken token(Coordinates key) {
        return handle(key).token();
    }

    /**
     * A token that is good now, without blocking.
     *
     * @param key which token
     * @return fails with {@link TokenException} if there is none to be had
     */
    public CompletionStage<AccessToken> get(Coordinates key) {
        return handle(key).get();
    }

    /**
     * How the token of a key stands.
     *
     * @param key which token
     * @return empty if nobody has asked for it, or it was pushed out
     */
    public Optional<TokenExplanation> explain(Coordinates key) {
        return Optional.ofNullable(known.getIfPresent(key)).map(TokenHandle::explain);
    }

    /**
     * How all tokens stand.
     *
     * @return in the order of their keys
     */
    public List<TokenExplanation> explain() {
        List<TokenHandle> handles = new ArrayList<>(known.asMap().values());
        handles.sort(Comparator.comparing(handle -> handle.key().canonical()));
        return handles.stream().map(TokenHandle::explain).toList();
    }

    /** Closes all of them, those that were handed out included. */
    @Override
    public void close() {
        closed = true;
        known.asMap().values().forEach(TokenHandle::close);
        kept.invalidateAll();
        known.invalidateAll();
    }
}
