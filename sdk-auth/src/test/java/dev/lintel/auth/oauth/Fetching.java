package dev.lintel.auth.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.lintel.auth.testing.FakeIssuer;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.auth.token.TokenFetchException.Kind;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What comes of a request for a token that fails. */
final class Fetching {
    private Fetching() {}

    static TokenFetchException failure(ThrowingCallable call) {
        TokenFetchException failure = catchThrowableOfType(TokenFetchException.class, call);
        assertThat(failure).as("nothing failed").isNotNull();
        assertThat(failure).hasNoCause();
        return failure;
    }

    static void fails(FakeIssuer issuer, ThrowingCallable call, Kind kind, String message) {
        TokenFetchException failure = failure(call);
        assertThat(String.valueOf(failure.getMessage()).replace(issuer.url(), "ISSUER"))
                .isEqualTo(message);
        assertThat(failure.kind()).isEqualTo(kind);
    }
}
