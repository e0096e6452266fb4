package dev.lintel.embedded.authorization;

import dev.lintel.auth.net.StrictJson;
import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Clients register themselves (RFC 7591) and look after what they have registered (RFC 7592). Secrets are told once; the
 * server keeps hashes. Each change gives a new token to manage with, and ends the one before.
 */
final class RegistrationEndpoint {
    private static final int SECRET_BYTES = 32;
    private static final String BEARER = "Bearer ";
    private static final String ID = "client_id=";
    private static final List<String> NOT_THEIRS = List.of(
            "registration_access_token", "registration_client_uri", "client_secret_expires_at", "client_id_issued_at");

    private final Registrations allowed;
    private final ServerState state;
    private final URI issuer;

    RegistrationEndpoint(Registrations allowed, ServerState state, URI issuer) {
        this.allowed = allowed;
        this.state = state;
        this.issuer = issuer;
    }

    /** A new client. */
    Reply register(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        if (allowed.initialToken() != null
                && !bearer(request).filter(allowed.initialToken()::equals).isPresent()) {
            throw noToken();
        }
        if (request.hasQuery()) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "parameters belong into the body, not behind the path");
        }
        if (state.clients.managed() >= allowed.most()) {
            throw OAuthError.of(ErrorCode.TEMPORARILY_UNAVAILABLE, "no further client can be registered for now");
        }
        ClientMetadata metadata = new ClientMetadata(body(request));
        Secret secret = metadata.hasSecret() ? random() : null;
        Secret management = random();
        Client client = client(metadata.read(TokenIds.random(state.random), secret, allowed), secret, management);
        state.clients.add(client);
        attempt.client = client.id();
        return Reply.json(201, answer(client, secret, management));
    }

    /** What is registered. */
    Reply read(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Client client = managed(request, attempt);
        return Reply.json(200, answer(client, null, null));
    }

    /** Everything anew: what is not said goes back to its default (RFC 7592, 2.2). */
    Reply update(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Client before = managed(request, attempt);
        Map<String, Object> members = body(request);
        if (NOT_THEIRS.stream().anyMatch(members::containsKey)) {
            throw OAuthError.of(
                    ErrorCode.INVALID_CLIENT_METADATA, "what the server has decided must not be sent: " + NOT_THEIRS);
        }
        if (!before.id().equals(members.get("client_id")) || !isOwnSecret(before, members.get("client_secret"))) {
            throw OAuthError.of(
                    ErrorCode.INVALID_CLIENT_METADATA,
                    "client_id, and client_secret if it is sent, must be the client's");
        }
        ClientMetadata metadata = new ClientMetadata(members);
        boolean fresh = metadata.hasSecret() && before.secret() == null;
        Secret secret = fresh ? random() : null;
        // Where there is a secret already, only its hash is left; it stays, and this one goes nowhere.
        Secret placeholder = metadata.hasSecret() && !fresh ? random() : secret;
        ClientRegistration said = metadata.read(before.id(), placeholder, allowed);
        Secret management = random();
        Client made = client(said, secret, management);
        HashedSecret kept = fresh || !metadata.hasSecret() ? made.secret() : before.secret();
        Client after = new Client(made.said(), kept, made.management(), before.since());
        if (!state.clients.replace(before, after)) {
            throw noToken();
        }
        return Reply.json(200, answer(after, secret, management));
    }

    /** The client goes, and what it has got with it (RFC 7592, 2.3). */
    Reply delete(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        Client client = managed(request, attempt);
        if (!state.clients.remove(client)) {
            throw noToken();
        }
        state.families.all().stream()
                .filter(family -> family.grant().client().equals(client.id()))
                .forEach(family -> state.revokeFamily(family.id()));
        return Reply.empty(204);
    }

    private Client client(ClientRegistration said, @Nullable Secret secret, Secret management) {
        return new Client(
                said.withoutSecret(),
                secret == null ? null : HashedSecret.of(secret, state.random),
                HashedSecret.of(management, state.random),
                state.clock.instant());
    }

    /** Who does not exist and who may not are answered alike (RFC 7592, 2.1). */
    private Client managed(Received request, ClientEndpoint.Attempt attempt) throws OAuthError {
        String query = request.query();
        Optional<Secret> token = bearer(request);
        if (!query.startsWith(ID) || token.isEmpty()) {
            throw noToken();
        }
        Client client = FormEncoding.decode(query.substring(ID.length()))
                .flatMap(state.clients::find)
                .filter(one -> one.management() != null && one.management().matches(token.get()))
                .orElseThrow(RegistrationEndpoint::noToken);
        attempt.client = client.id();
        return client;
    }

    private Map<String, Object> answer(Client client, @Nullable Secret secret, @Nullable Secret management) {
        Map<String, Object> members = new LinkedHashMap<>(ClientMetadata.write(client));
        if (secret != null) {
            members.put("client_secret", secret.reveal());
        }
        if (client.secret() != null) {
            members.put("client_secret_expires_at", 0);
        }
        members.put("registration_client_uri", issuer + Paths.REGISTER + "?" + ID + client.id());
        if (management != null) {
            members.put("registration_access_token", management.reveal());
        }
        return members;
    }

    private static boolean isOwnSecret(Client client, @Nullable Object secret) {
        return secret == null
                || secret instanceof String text
                        && !text.isEmpty()
                        && client.secret() != null
                        && client.secret().matches(Secret.of(text));
    }

    private static Map<String, Object> body(Received request) throws OAuthError {
        List<String> types = request.header("Content-Type");
        boolean json = types.size() == 1
                && types.get(0).split(";", -1)[0].strip().equalsIgnoreCase("application/json")
                && request.header("Content-Encoding").isEmpty();
        if (!json) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "the body must be of type application/json");
        }
        return StrictJson.object(request.bytes())
                .orElseThrow(() -> OAuthError.of(
                        ErrorCode.INVALID_REQUEST, "the body must be a JSON object without a member twice"));
    }

    private static Optional<Secret> bearer(Received request) {
        List<String> headers = request.header("Authorization");
        if (headers.size() != 1 || !headers.get(0).regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Optional.empty();
        }
        String token = headers.get(0).substring(BEARER.length()).strip();
        return token.isEmpty() ? Optional.empty() : Optional.of(Secret.of(token));
    }

    private Secret random() {
        byte[] bytes = new byte[SECRET_BYTES];
        state.random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private static OAuthError noToken() {
        return OAuthError.of(ErrorCode.INVALID_TOKEN, "the token is missing, or not the one for this");
    }
}
