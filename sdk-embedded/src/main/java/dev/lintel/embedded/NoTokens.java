package dev.lintel.embedded;

import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.serve.Tokens;
import java.util.function.Consumer;

/** Can judge no token. */
final class NoTokens implements Tokens {
    private static final Token UNVERIFIABLE = new Token.Unverifiable("no token can be verified here");

    @Override
    public Token known(ApiModel api, String bearer) {
        return UNVERIFIABLE;
    }

    @Override
    public boolean verify(ApiModel api, String bearer, Consumer<Token> done) {
        return false;
    }
}
