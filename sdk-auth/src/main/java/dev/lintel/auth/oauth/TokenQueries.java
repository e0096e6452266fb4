package dev.lintel.auth.oauth;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.oauth.server.Endpoint;
import dev.lintel.auth.oauth.wire.Exchange;
import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.oauth.wire.Form;
import dev.lintel.auth.oauth.wire.Members;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Asks about tokens (RFC 7662) and gives them back (RFC 7009). */
final class TokenQueries {
    private static final String TEXT = "must be a string (RFC 7662, 2.2)";

    private final Exchange exchange;

    TokenQueries(Exchange exchange) {
        this.exchange = exchange;
    }

    Introspection introspect(Secret token, @Nullable TokenKind hint) throws TokenFetchException {
        try {
            Members said = exchange.ask(Endpoint.INTROSPECTION, form(token, hint), false)
                    .members();
            if (!(said.all().get("active") instanceof Boolean active)) {
                throw said.bad("active", "must be a boolean (RFC 7662, 2.2)");
            }
            if (!active) {
                return Introspection.INACTIVE;
            }
            List<String> scopes = said.scopes("scope");
            return new Introspection(
                    true,
                    said.text("client_id", TEXT),
                    said.text("sub", TEXT),
                    scopes == null ? List.of() : scopes,
                    said.texts("aud", "must be a string or a list of strings (RFC 7662, 2.2)"),
                    said.moment("exp", "must be a number of seconds (RFC 7662, 2.2)")
                            .orElse(null),
                    said.all());
        } catch (FetchException e) {
            throw Failures.of(e, false);
        }
    }

    /** The body of the answer means nothing (RFC 7009, 2.2). */
    void revoke(Secret token, @Nullable TokenKind hint) throws TokenFetchException {
        var unused = exchange.ask(Endpoint.REVOCATION, form(token, hint), false);
    }

    private static Form form(Secret token, @Nullable TokenKind hint) {
        String urn = hint == null ? "" : hint.urn();
        return new Form().put("token", token).put("token_type_hint", urn.substring(urn.lastIndexOf(':') + 1));
    }
}
