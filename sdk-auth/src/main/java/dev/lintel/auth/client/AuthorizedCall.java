package dev.lintel.auth.client;

import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.ProofOfPossession;
import dev.lintel.auth.token.TokenEvent;
import dev.lintel.auth.token.TokenException;
import dev.lintel.auth.token.TokenType;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One call that carries a token, whichever client sends it: what is put on it, and what an answer means for it. It is
 * repeated at most twice: once with a new token, once with a proof that has the nonce that was asked for.
 */
final class AuthorizedCall {
    private static final Pattern NONCE = Pattern.compile("[\\x21\\x23-\\x5B\\x5D-\\x7E]{1,1024}");
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;

    private final Tokens tokens;
    private final String method;
    private final URI uri;
    private @Nullable AccessToken sent;
    /** The proof that went with it. */
    private @Nullable String proven;

    private boolean renewed;
    private boolean proved;

    AuthorizedCall(Tokens tokens, String method, URI uri) {
        this.tokens = tokens;
        this.method = method;
        this.uri = uri;
        tokens.budget().call();
    }

    /** What to do with an answer. */
    enum Next {
        /** It is the caller's. */
        DELIVER,
        /** Ask once more, with a new token. */
        RENEW,
        /** Ask once more, with the same token and a new proof. */
        PROVE
    }

    /** The headers that carry a token. */
    Map<String, String> headers(AccessToken token) {
        sent = token;
        proven = null;
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Authorization", token.authorization());
        ProofOfPossession proof = tokens.proof();
        requireProof(token, proof, tokens.name());
        if (proof != null && token.type() == TokenType.DPOP) {
            proven = proof.proof(method, uri, token);
            headers.put("DPoP", proven);
        }
        return headers;
    }

    static void requireProof(AccessToken token, @Nullable ProofOfPossession proof, String client) {
        if (token.type() == TokenType.DPOP && proof == null) {
            throw new TokenException("The token for client '" + client + "' is bound to a key (DPoP), but nothing here"
                    + " proves the possession of that key: say what does with proving(…)");
        }
    }

    /** The token that was sent last. */
    @Nullable
    AccessToken sent() {
        return sent;
    }

    /** Whether this token is worth another try: not if it is what was refused. */
    boolean isNew(AccessToken token) {
        return sent == null || !token.value().equals(sent.value());
    }

    /**
     * Looks at an answer: remembers its nonce, reports what it wants beyond the token, throws the token away if it was
     * refused.
     *
     * @param challenges the values of its headers {@code WWW-Authenticate}
     * @param nonces the values of its headers {@code DPoP-Nonce}
     * @param repeatable whether the request can be sent again
     */
    Next look(int status, List<String> challenges, List<String> nonces, boolean repeatable) {
        boolean nonceChanged = remember(nonces);
        AccessToken token = sent;
        if (token == null || status != UNAUTHORIZED && status != FORBIDDEN) {
            return Next.DELIVER;
        }
        List<Challenge> asked =
                Challenge.read(challenges).stream().filter(Challenge::forTokens).toList();
        asked.forEach(challenge -> report(token, challenge));
        if (status == FORBIDDEN) {
            return Next.DELIVER;
        }
        if (says(asked, "use_dpop_nonce")) {
            if (!nonceChanged || proved || !repeatable) {
                return Next.DELIVER;
            }
            proved = true;
            return Next.PROVE;
        }
        boolean bare = challenges.isEmpty()
                || !asked.isEmpty()
                        && asked.stream().allMatch(one -> one.error().isEmpty());
        if (renewed || !(says(asked, "invalid_token") || bare && tokens.retriesBare401())) {
            return Next.DELIVER;
        }
        if (!tokens.budget().take()) {
            return Next.DELIVER;
        }
        renewed = true;
        tokens.invalidate(token);
        return repeatable ? Next.RENEW : Next.DELIVER;
    }

    private boolean remember(List<String> nonces) {
        ProofOfPossession proof = tokens.proof();
        if (proof == null || nonces.size() != 1 || !NONCE.matcher(nonces.get(0)).matches()) {
            return false;
        }
        String nonce = nonces.get(0);
        return proven == null ? proof.nonce(uri, nonce) : proof.nonce(uri, nonce, proven);
    }

    private static boolean says(List<Challenge> asked, String error) {
        return asked.stream().anyMatch(one -> one.error().filter(error::equals).isPresent());
    }

    private void report(AccessToken token, Challenge challenge) {
        String error = challenge.error().orElse("");
        boolean more = error.equals("insufficient_scope") || error.equals("insufficient_user_authentication");
        // A resource that writes the token into its answer shall not bring it into a log.
        if (!more || challenge.parameters().toString().contains(token.value().reveal())) {
            return;
        }
        tokens.handle()
                .report(new TokenEvent.StepUp(
                        tokens.handle().key(),
                        token.id(),
                        WebOrigin.of(uri).toString(),
                        error,
                        challenge.scopes(),
                        challenge.contexts(),
                        challenge.maxAge().orElse(null)));
    }
}
