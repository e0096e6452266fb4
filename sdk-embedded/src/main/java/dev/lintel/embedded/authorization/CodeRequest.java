package dev.lintel.embedded.authorization;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A client's request for a code (RFC 6749, 4.1.1) that may be answered, if its user agrees.
 *
 * @param target who asks, and where the answer goes
 * @param scopes what for
 * @param audiences whom the tokens are for
 * @param challenge S256 (RFC 7636, 4.2)
 * @param keyThumbprint which key the code is bound to (RFC 9449, 10); null if none
 * @param nonce for the ID token; null if none
 * @param prompts how the user is asked (OpenID Connect Core, 3.1.2.1)
 * @param maxAge how long ago the user may have logged in; null if that does not matter
 * @param loginHint who the user may be, as typed; empty if the client does not say
 * @param subject who the user must be; null if anybody
 */
record CodeRequest(
        Target target,
        List<String> scopes,
        List<String> audiences,
        String challenge,
        @Nullable String keyThumbprint,
        @Nullable String nonce,
        List<Prompt> prompts,
        @Nullable Duration maxAge,
        String loginHint,
        @Nullable String subject) {
    CodeRequest {
        scopes = List.copyOf(scopes);
        audiences = List.copyOf(audiences);
        prompts = List.copyOf(prompts);
    }

    /**
     * Where the answer goes: checked before anything else, because an error may be sent only there.
     *
     * @param client who asks
     * @param redirectUri one of its own
     * @param state which is sent back as it came; null if none came
     */
    record Target(Client client, URI redirectUri, @Nullable String state) {}

    /** How the user is asked. */
    enum Prompt {
        NONE,
        LOGIN,
        CONSENT,
        SELECT_ACCOUNT;

        static Optional<Prompt> of(String word) {
            return Stream.of(values())
                    .filter(prompt -> prompt.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    Client client() {
        return target.client();
    }

    boolean has(Prompt prompt) {
        return prompts.contains(prompt);
    }

    /** The same for a code that is bound to a key. */
    CodeRequest boundTo(String thumbprint) {
        return new CodeRequest(
                target, scopes, audiences, challenge, thumbprint, nonce, prompts, maxAge, loginHint, subject);
    }

    /** The same for somebody who logs in again. */
    CodeRequest withLogin() {
        return new CodeRequest(
                target,
                scopes,
                audiences,
                challenge,
                keyThumbprint,
                nonce,
                Stream.concat(prompts.stream(), Stream.of(Prompt.LOGIN))
                        .distinct()
                        .toList(),
                maxAge,
                "",
                subject);
    }

    UserGrant grantOf(Sessions.Session session) {
        return new UserGrant(
                client().id(),
                session.subject(),
                scopes,
                audiences,
                target.redirectUri(),
                challenge,
                keyThumbprint,
                nonce,
                session.authenticated(),
                session.sid());
    }
}
