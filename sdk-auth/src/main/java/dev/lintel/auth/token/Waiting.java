package dev.lintel.auth.token;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** Waits for a token in a thread that may be blocked. */
final class Waiting {
    private Waiting() {}

    static AccessToken on(Coordinates key, CompletionStage<AccessToken> stage) {
        CompletableFuture<AccessToken> answer = stage.toCompletableFuture();
        try {
            return answer.get();
        } catch (InterruptedException e) {
            answer.cancel(false);
            Thread.currentThread().interrupt();
            throw new TokenException("Interrupted while waiting for a token");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof TokenException failure) {
                // The stack of this caller around the failure that all share.
                throw new TokenException(failure.getCause() instanceof TokenException shared ? shared : failure);
            }
            throw new TokenException("No token for client '" + key.client() + "', because of a fault in here");
        }
    }
}
