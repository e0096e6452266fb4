package dev.lintel.embedded.authorization;

import com.nimbusds.oauth2.sdk.token.TokenTypeURI;
import dev.lintel.embedded.authorization.Subjects.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One token for another (RFC 8693): with fewer scopes and for another audience, never with more or for longer. Without an
 * actor the client acts as the user; with one, the new token says who acts for whom.
 */
final class ExchangeGrant implements Grant {
    private static final String ACCESS_TOKEN = TokenTypeURI.ACCESS_TOKEN.toString();
    private static final String ID_TOKEN = TokenTypeURI.ID_TOKEN.toString();
    private static final String JWT = TokenTypeURI.JWT.toString();
    private static final int MOST_ACTORS = 4;

    private final Subjects subjects;
    private final AccessTokens tokens;
    private final Audiences audiences;
    private final ServerState state;

    ExchangeGrant(Subjects subjects, AccessTokens tokens, Audiences audiences, ServerState state) {
        this.subjects = subjects;
        this.tokens = tokens;
        this.audiences = audiences;
        this.state = state;
    }

    @Override
    public String type() {
        return GrantTypes.TOKEN_EXCHANGE;
    }

    @Override
    public Issued issue(GrantRequest request) throws OAuthError {
        Client client = request.client();
        Form form = request.form();
        if (client.isPublic()) {
            throw OAuthError.of(
                    ErrorCode.UNAUTHORIZED_CLIENT, "a client that cannot prove itself may not exchange tokens");
        }
        String wanted = wanted(client, form.get("requested_token_type"));
        List<String> asked = audiences.of(client, form);
        Subject subject = subject(form.require("subject_token"), form.require("subject_token_type"), client);
        Map<String, Object> actor = actor(form, subject, client);
        List<String> possible = new ArrayList<>(subject.scopes());
        possible.retainAll(client.scopes());
        List<String> scopes = Scopes.within(
                possible, form.get("scope"), "is not in the subject_token, or not allowed for this client");
        Duration left = Duration.between(state.clock.instant(), subject.end());
        Duration most = left.compareTo(Lifetimes.SECOND) < 0 ? Lifetimes.SECOND : Duration.ofSeconds(left.toSeconds());
        return tokens.issue(TokenDraft.of(client, subject.name(), asked, scopes, request.binding(), tokens.lifetime())
                        .family(subject.family())
                        .actor(actor)
                        .atMost(most))
                .issuedType(wanted);
    }

    /** Access tokens that are JWTs may be asked for under both names (RFC 8693, 3). */
    private static String wanted(Client client, Optional<String> type) throws OAuthError {
        String wanted = type.orElse(ACCESS_TOKEN);
        if (wanted.equals(ACCESS_TOKEN) || wanted.equals(JWT) && !client.said().opaque) {
            return wanted;
        }
        throw OAuthError.of(ErrorCode.INVALID_REQUEST, "this requested_token_type is not offered here");
    }

    private Subject subject(String token, String type, Client client) throws OAuthError {
        if (type.equals(ACCESS_TOKEN)) {
            return subjects.accessToken(token, client).orElseThrow(() -> bad("subject_token"));
        }
        if (type.equals(ID_TOKEN)) {
            return subjects.idToken(token, client).orElseThrow(() -> bad("subject_token"));
        }
        if (type.equals(JWT)) {
            Subject subject = subjects.assertion(token, Paths.TOKEN, ErrorCode.INVALID_REQUEST);
            if (state.clients.find(subject.name()).isPresent()) {
                throw OAuthError.of(ErrorCode.INVALID_REQUEST, "the user has the same name as a client");
            }
            return subject;
        }
        throw OAuthError.of(ErrorCode.INVALID_REQUEST, "this subject_token_type is not taken here");
    }

    /** Who acts: the actor of this request, in front of those who act already. */
    private Map<String, Object> actor(Form form, Subject subject, Client client) throws OAuthError {
        Optional<String> token = form.get("actor_token");
        Optional<String> type = form.get("actor_token_type");
        if (token.isEmpty() && type.isEmpty()) {
            // Without an actor it is the client that acts.
            checkMayAct(subject, client.id());
            return subject.actor();
        }
        if (token.isEmpty() || type.isEmpty()) {
            throw OAuthError.of(
                    ErrorCode.INVALID_REQUEST, "actor_token and actor_token_type belong together (RFC 8693, 2.1)");
        }
        if (!type.get().equals(ACCESS_TOKEN)) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "this actor_token_type is not taken here");
        }
        TokenRecord acting = tokens.read(token.get())
                .filter(one -> one.client().equals(client.id()))
                .orElseThrow(() -> bad("actor_token"));
        checkMayAct(subject, acting.subject());
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("sub", acting.subject());
        if (!subject.actor().isEmpty()) {
            members.put("act", subject.actor());
        }
        if (depth(members) > MOST_ACTORS) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "there may be at most " + MOST_ACTORS + " actors in a row");
        }
        return members;
    }

    private static void checkMayAct(Subject subject, String acting) throws OAuthError {
        if (subject.mayAct() != null && !subject.mayAct().equals(acting)) {
            throw OAuthError.of(
                    ErrorCode.INVALID_REQUEST, "the subject_token names another one who may act (RFC 8693, 4.4)");
        }
    }

    private static int depth(@Nullable Object actor) {
        return actor instanceof Map<?, ?> members ? 1 + depth(members.get("act")) : 0;
    }

    private static OAuthError bad(String parameter) {
        return OAuthError.of(
                ErrorCode.INVALID_REQUEST,
                parameter + " is not a token of this server that is good and that this client may exchange");
    }
}
