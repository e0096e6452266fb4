package dev.lintel.embedded.authorization;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A code for tokens (RFC 6749, 4.1.3; always with PKCE, RFC 7636). A code can be tried once; if it comes again, somebody
 * has a copy, and what it was redeemed for is revoked (RFC 9700, 4.5).
 */
final class CodeGrant implements Grant {
    /** Longer than any code is good, because a copy may come late. */
    private static final Duration REMEMBERED = Duration.ofMinutes(10);

    private static final Pattern VERIFIER = Pattern.compile("[A-Za-z0-9._~-]{43,128}");

    private final ServerState state;
    private final UserTokens tokens;
    /** Which family a code was redeemed for. */
    private final Tickets<String> redeemed;

    CodeGrant(ServerState state, UserTokens tokens) {
        this.state = state;
        this.tokens = tokens;
        this.redeemed = new Tickets<>(state.clock, state.random);
    }

    @Override
    public String type() {
        return GrantTypes.AUTHORIZATION_CODE;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Form form = request.form();
        String code = form.require("code");
        String redirect = form.require("redirect_uri");
        Optional<String> verifier = form.get("code_verifier");
        if (verifier.isPresent() && !VERIFIER.matcher(verifier.get()).matches()) {
            throw OAuthError.of(
                    ErrorCode.INVALID_REQUEST,
                    "code_verifier must be 43 to 128 characters of A-Z, a-z, 0-9, hyphen, dot, underscore, tilde");
        }
        String family = TokenIds.random(state.random);
        UserGrant grant = take(code, family);
        if (!grant.client().equals(request.client().id())) {
            throw invalid("the code was made for another client");
        }
        URI sentTo = grant.redirectUri();
        if (sentTo == null || !sentTo.toString().equals(redirect)) {
            throw invalid("redirect_uri is not where the code was sent to");
        }
        checkChallenge(grant.challenge(), verifier);
        if (grant.keyThumbprint() != null
                && !grant.keyThumbprint().equals(request.binding().keyThumbprint())) {
            throw OAuthError.of(
                    ErrorCode.INVALID_DPOP_PROOF, "the code is bound to a key, and there is no proof of that key");
        }
        List<String> audiences = Audiences.within(grant.audiences(), form);
        Issued issued = tokens.first(request, grant, audiences, family);
        if (state.revocations.isRevoked(family)) {
            // The code came again while its tokens were made: the family that has started since ends too.
            tokens.end(family);
            throw usedBefore();
        }
        return issued;
    }

    /** Taking a code and noting its family is one step, so that of two who come at once the second ends the first. */
    private synchronized UserGrant take(String code, String family) throws OAuthError {
        Optional<UserGrant> grant = state.codes.take(code);
        if (grant.isPresent()) {
            redeemed.note(code, family, REMEMBERED);
            return grant.get();
        }
        Optional<String> before = redeemed.look(code);
        if (before.isPresent()) {
            tokens.end(before.get());
            throw usedBefore();
        }
        throw invalid("the code is not known or has expired");
    }

    /** A request without challenge may not become one with it, nor the other way round (RFC 9700, 4.8.2). */
    private static void checkChallenge(@Nullable String challenge, Optional<String> verifier) throws OAuthError {
        if (challenge == null) {
            throw invalid("the code was made without a code_challenge");
        }
        if (verifier.isEmpty()) {
            throw invalid("code_verifier is missing");
        }
        String computed = CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(verifier.get()))
                .getValue();
        if (!MessageDigest.isEqual(
                computed.getBytes(StandardCharsets.US_ASCII), challenge.getBytes(StandardCharsets.UTF_8))) {
            throw invalid("code_verifier does not belong to the code_challenge");
        }
    }

    private static OAuthError usedBefore() {
        return invalid("the code has been used before; the tokens that it gave are revoked");
    }

    private static OAuthError invalid(String description) {
        return OAuthError.of(ErrorCode.INVALID_GRANT, description);
    }
}
