package dev.lintel.auth.testing;

import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.Coordinates;
import dev.lintel.auth.token.TokenHandle;
import dev.lintel.auth.token.TokenSettings;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.UnaryOperator;

/** The token core of one key in a world that only moves when it is told to. */
public final class Core {
    public final VirtualTime time = new VirtualTime();
    public final ManualExecutor executor = new ManualExecutor();
    public final Events events = new Events();
    public final FakeSource source;
    public final TokenHandle handle;

    public Core(Duration lifetime) {
        this(lifetime, settings -> settings);
    }

    public Core(Duration lifetime, UnaryOperator<TokenSettings> change) {
        source = new FakeSource(time, lifetime);
        handle = TokenHandle.of(Coordinates.named("shop"), source, change.apply(settings()));
    }

    public TokenSettings settings() {
        return TokenSettings.defaults()
                .clocks(time, time::nanos)
                .timers(time)
                .random(new Random(1))
                .executor(executor)
                .instance("pod-1")
                .telling(events);
    }

    public CompletableFuture<AccessToken> ask() {
        return handle.get().toCompletableFuture();
    }

    /** Asks once, and lets the request land. */
    public Core loaded() {
        CompletableFuture<AccessToken> first = ask();
        executor.work();
        first.join();
        return this;
    }

    /** Asks once, and waits for another thread to bring the token. */
    public void loadedByThread() {
        ask().join();
    }

    public void forward(Duration by) {
        time.forward(by);
    }

    /** What a caller gets: the token, {@code waits}, or the message of the failure. */
    public String asked() {
        return outcome(ask());
    }

    public static String outcome(CompletableFuture<AccessToken> asked) {
        if (!asked.isDone()) {
            return "waits";
        }
        try {
            return asked.join().value().reveal();
        } catch (CompletionException e) {
            return String.valueOf(e.getCause().getMessage());
        }
    }
}
