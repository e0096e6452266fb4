package dev.lintel.embedded.authorization;

import dev.lintel.embedded.authorization.CodeRequest.Prompt;
import dev.lintel.embedded.authorization.CodeRequest.Target;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads requests for codes (RFC 6749, 4.1.1; RFC 9700, 2.1): the code flow with PKCE alone, everything within what the
 * client may have.
 */
final class CodeRequests {
    private static final Pattern HASH = Pattern.compile("[A-Za-z0-9_-]{43}");
    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,9}");
    private static final int LONGEST = 1_000;

    private final Clients clients;
    private final Audiences audiences;
    private final IdTokens idTokens;

    CodeRequests(Clients clients, Audiences audiences, IdTokens idTokens) {
        this.clients = clients;
        this.audiences = audiences;
        this.idTokens = idTokens;
    }

    /** Where the answer goes; until that is known, an error is for the user alone. */
    Target target(Form form) throws OAuthError {
        String id = form.require("client_id");
        Client client = clients.find(id).orElseThrow(() -> bad("client_id is not that of a client of this server"));
        return target(client, form);
    }

    /** The same for a client that has authenticated. */
    Target target(Client client, Form form) throws OAuthError {
        URI redirect = uri(form.require("redirect_uri"))
                .filter(asked -> RedirectUris.allow(client.said().redirectUris, asked))
                .orElseThrow(() -> bad("redirect_uri is not one that is registered for this client"));
        return new Target(client, redirect, limited(form, "state"));
    }

    /** The rest of a request. */
    CodeRequest read(Target target, Form form) throws OAuthError {
        Client client = target.client();
        refuseOtherWays(client, form);
        String challenge = challenge(form);
        String thumbprint = limited(form, "dpop_jkt");
        if (thumbprint != null && !HASH.matcher(thumbprint).matches()) {
            throw bad("dpop_jkt must be the base64url SHA-256 thumbprint of a key");
        }
        List<Prompt> prompts = prompts(form);
        return new CodeRequest(
                target,
                Scopes.within(client.scopes(), form.get("scope")),
                audiences.of(client, form),
                challenge,
                thumbprint,
                limited(form, "nonce"),
                prompts,
                maxAge(form),
                form.get("login_hint").filter(hint -> hint.length() <= 100).orElse(""),
                subject(form));
    }

    private static void refuseOtherWays(Client client, Form form) throws OAuthError {
        if (form.get("request").isPresent()) {
            throw OAuthError.of(ErrorCode.REQUEST_NOT_SUPPORTED, "request objects are not supported: push the request");
        }
        if (!form.require("response_type").equals("code")) {
            throw OAuthError.of(ErrorCode.UNSUPPORTED_RESPONSE_TYPE, "response_type must be code");
        }
        if (!form.get("response_mode").orElse("query").equals("query")) {
            throw bad("response_mode must be query");
        }
        if (!client.grants().contains(GrantTypes.AUTHORIZATION_CODE)) {
            throw OAuthError.of(ErrorCode.UNAUTHORIZED_CLIENT, "this client may not use the authorization code grant");
        }
    }

    private static String challenge(Form form) throws OAuthError {
        String challenge = form.require("code_challenge");
        if (!form.get("code_challenge_method").orElse("plain").equals("S256")) {
            throw bad("code_challenge_method must be S256");
        }
        if (!HASH.matcher(challenge).matches()) {
            throw bad("code_challenge must be the base64url SHA-256 of the verifier");
        }
        return challenge;
    }

    private static List<Prompt> prompts(Form form) throws OAuthError {
        List<Prompt> prompts = new ArrayList<>();
        for (String word : form.get("prompt").map(text -> text.split(" ", -1)).orElse(new String[0])) {
            prompts.add(Prompt.of(word)
                    .orElseThrow(() -> bad("prompt must be none, or some of login, consent and select_account")));
        }
        if (prompts.contains(Prompt.NONE) && prompts.size() > 1) {
            throw bad("prompt none must stand alone");
        }
        return prompts;
    }

    private static @Nullable Duration maxAge(Form form) throws OAuthError {
        Optional<String> seconds = form.get("max_age");
        if (seconds.isPresent() && !SECONDS.matcher(seconds.get()).matches()) {
            throw bad("max_age must be a number of seconds");
        }
        return seconds.map(Long::valueOf).map(Duration::ofSeconds).orElse(null);
    }

    private @Nullable String subject(Form form) throws OAuthError {
        Optional<String> hint = form.get("id_token_hint");
        if (hint.isEmpty()) {
            return null;
        }
        return idTokens.read(hint.get())
                .map(IdTokens.Hint::subject)
                .orElseThrow(() -> bad("id_token_hint is not an ID token of this server"));
    }

    private static @Nullable String limited(Form form, String name) throws OAuthError {
        Optional<String> value = form.get(name);
        if (value.isPresent() && value.get().length() > LONGEST) {
            throw bad(name + " must have at most " + LONGEST + " characters");
        }
        return value.orElse(null);
    }

    private static Optional<URI> uri(String text) {
        try {
            return Optional.of(new URI(text));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private static OAuthError bad(String description) {
        return OAuthError.of(ErrorCode.INVALID_REQUEST, description);
    }
}
