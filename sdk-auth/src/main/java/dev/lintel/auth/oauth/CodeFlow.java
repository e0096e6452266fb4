package dev.lintel.auth.oauth;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.oauth.credential.DPoPKey;
import dev.lintel.auth.oauth.credential.Randoms;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.server.OAuthSettings;
import dev.lintel.auth.oauth.server.ServerMetadata;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.Members;
import dev.lintel.auth.oauth.wire.TokenReader;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;

/** The authorization code grant with PKCE (RFC 6749, 4.1; RFC 7636), whoever takes the browser there and back. */
final class CodeFlow {
    private final Exchange exchange;

    CodeFlow(Exchange exchange) {
        this.exchange = exchange;
    }

    /** Where to take the browser, and what to remember meanwhile. */
    record Begun(URI uri, PendingLogin pending) {}

    Begun begin(LoginRequest request, URI redirect, Duration patience) throws TokenFetchException {
        OAuthSettings settings = exchange.connection().settings();
        ServerMetadata server = exchange.connection().server();
        if (!server.challengeMethods().isEmpty() && !server.challengeMethods().contains("S256")) {
            throw Failures.permanent("The server " + issuer() + " does not know PKCE with S256, without which a code"
                    + " could be stolen; no login begins (RFC 9700, 2.1.1)");
        }
        PendingLogin pending = new PendingLogin(
                Secret.of(Randoms.text(settings.random(), 32)),
                request.isOpenId() ? Secret.of(Randoms.text(settings.random(), 32)) : null,
                Secret.of(Randoms.text(settings.random(), 32)),
                redirect,
                request.scopes(),
                request.maxAge(),
                settings.clock().instant().plus(patience));
        return new Begun(address(server, form(request, pending)), pending);
    }

    /** The login that an answer belongs to is known by its state, which the caller looks at before. */
    Login finish(PendingLogin pending, AuthorizationAnswer answer) throws TokenFetchException {
        checkIssuer(answer);
        String error = answer.get("error");
        if (error != null) {
            throw Failures.answered("The login at " + issuer(), error);
        }
        String code = answer.get("code");
        if (code == null) {
            throw AuthorizationAnswer.refused(issuer(), "it has neither a code nor an error");
        }
        Form form = new Form()
                .put("grant_type", "authorization_code")
                .put("code", code)
                .put("redirect_uri", pending.redirect().toString())
                .put("code_verifier", pending.verifier());
        FetchedToken token =
                TokenReader.read(exchange, exchange.ask(Endpoint.TOKEN, form, true), pending.scopes(), true);
        return IdTokens.login(exchange, token, pending.nonce(), pending.maxAge());
    }

    private void checkIssuer(AuthorizationAnswer answer) throws TokenFetchException {
        String named = answer.get("iss");
        if (named != null && !named.equals(issuer())) {
            throw AuthorizationAnswer.refused(
                    issuer(),
                    "it is of another issuer, so a server may be passing off another's answers (RFC 9207, 2.4)");
        }
        if (named == null && exchange.connection().server().issuerInAnswers()) {
            throw AuthorizationAnswer.refused(
                    issuer(), "it does not name its issuer, although this server always does (RFC 9207, 2.4)");
        }
    }

    private Form form(LoginRequest request, PendingLogin pending) {
        Form form = new Form()
                .put("response_type", "code")
                .put("client_id", exchange.clientId())
                .put("redirect_uri", pending.redirect().toString());
        request.to(form);
        form.put("state", pending.state());
        if (pending.nonce() != null) {
            form.put("nonce", pending.nonce());
        }
        form.put("code_challenge", challenge(pending.verifier())).put("code_challenge_method", "S256");
        DPoPKey key = exchange.dpop();
        return form.put("dpop_jkt", key == null ? null : key.thumbprint());
    }

    private URI address(ServerMetadata server, Form form) throws TokenFetchException {
        URI endpoint = server.endpoint(Endpoint.AUTHORIZATION)
                .orElseThrow(() -> Failures.permanent(
                        "The server " + issuer() + " names no authorization_endpoint, so nobody can log in there"));
        if (server.pushedRequestsOnly()
                || server.endpoint(Endpoint.PUSHED_REQUEST).isPresent()) {
            return with(
                    endpoint, new Form().put("client_id", exchange.clientId()).put("request_uri", push(form)));
        }
        return with(endpoint, form);
    }

    /** The client's identifier is in the form already, also where the credential adds it (RFC 9126, 2.1). */
    private String push(Form form) throws TokenFetchException {
        String must = "must be a string (RFC 9126, 2.2)";
        try {
            Members said = exchange.ask(Endpoint.PUSHED_REQUEST, form, false).members();
            String uri = said.text("request_uri", must);
            if (uri == null || uri.isEmpty()) {
                throw said.bad("request_uri", must);
            }
            return uri;
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }

    private static URI with(URI endpoint, Form form) {
        String query = Optional.ofNullable(endpoint.getRawQuery())
                .map(own -> own + "&")
                .orElse("");
        String base = endpoint.toString();
        int question = base.indexOf('?');
        return URI.create((question < 0 ? base : base.substring(0, question)) + "?" + query + form.encoded());
    }

    private static String challenge(Secret verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256")
                    .digest(verifier.reveal().getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private String issuer() {
        return exchange.connection().issuer();
    }
}
