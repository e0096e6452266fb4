package dev.lintel.embedded.authorization;

import dev.lintel.core.Secret;
import dev.lintel.embedded.authorization.http.Received;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/** Who sends a request: {@code client_secret_basic} or {@code client_secret_post}, never both (RFC 6749, 2.3.1). */
final class ClientAuthentication {
    static final List<String> METHODS = List.of("client_secret_basic", "client_secret_post");

    private static final String BASIC = "Basic ";

    private final Clients clients;
    /** Compared with where there is no such client, so that the time taken does not tell which clients exist. */
    private final HashedSecret nobody;

    ClientAuthentication(Clients clients, SecureRandom random) {
        this.clients = clients;
        byte[] bytes = new byte[16];
        random.nextBytes(bytes);
        this.nobody = HashedSecret.of(Secret.of(Base64.getEncoder().encodeToString(bytes)), random);
    }

    private record Credentials(String id, Secret secret) {}

    Client client(Received request, Form form) throws OAuthError {
        Credentials presented = credentials(request.header("Authorization"), form);
        Optional<Client> found = clients.find(presented.id());
        boolean proven = found.map(Client::secret).orElse(nobody).matches(presented.secret());
        if (found.isEmpty() || !proven) {
            throw OAuthError.of(ErrorCode.INVALID_CLIENT, "no client has this id and this secret");
        }
        return found.get();
    }

    private static Credentials credentials(List<String> headers, Form form) throws OAuthError {
        Optional<String> id = form.get("client_id");
        Optional<String> secret = form.get("client_secret");
        if (headers.size() > 1 || !headers.isEmpty() && secret.isPresent()) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "the client must authenticate in one way only");
        }
        if (headers.isEmpty()) {
            if (id.isEmpty() || secret.isEmpty()) {
                throw OAuthError.of(ErrorCode.INVALID_CLIENT, "the client must authenticate with id and secret");
            }
            return new Credentials(id.get(), Secret.of(secret.get()));
        }
        Credentials basic = basic(headers.get(0));
        if (id.isPresent() && !id.get().equals(basic.id())) {
            throw OAuthError.of(ErrorCode.INVALID_REQUEST, "client_id and the Authorization header differ");
        }
        return basic;
    }

    private static Credentials basic(String header) throws OAuthError {
        if (!header.regionMatches(true, 0, BASIC, 0, BASIC.length())) {
            throw OAuthError.of(ErrorCode.INVALID_CLIENT, "the Authorization header must be of scheme Basic");
        }
        String pair = decoded(header.substring(BASIC.length()).strip());
        int colon = pair.indexOf(':');
        Optional<String> id = colon < 1 ? Optional.empty() : FormEncoding.decode(pair.substring(0, colon));
        Optional<String> secret = FormEncoding.decode(pair.substring(colon + 1));
        if (id.isEmpty() || secret.isEmpty() || secret.get().isEmpty()) {
            throw malformed();
        }
        return new Credentials(id.get(), Secret.of(secret.get()));
    }

    private static String decoded(String base64) throws OAuthError {
        try {
            return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            // The exception would quote what was sent, so it is not kept.
            throw malformed();
        }
    }

    private static OAuthError malformed() {
        return OAuthError.of(
                ErrorCode.INVALID_CLIENT, "the Authorization header must hold id:secret, each form-encoded, in Base64");
    }
}
