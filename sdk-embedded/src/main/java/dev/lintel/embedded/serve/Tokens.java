package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Judges bearer tokens by the issuers that an API trusts. */
public interface Tokens {
    /**
     * What is known of a token without waiting.
     *
     * @return null if it must be verified first
     */
    @Nullable
    Token known(ApiModel api, String bearer);

    /**
     * Verifies a token off the event loop.
     *
     * @param done called once, on any thread
     * @return false if there is too much to do already; then nothing is called
     */
    boolean verify(ApiModel api, String bearer, Consumer<Token> done);
}
