package dev.lintel.auth.client;

import dev.lintel.auth.client.AuthorizedCall.Next;
import dev.lintel.auth.token.AccessToken;
import dev.lintel.auth.token.TokenException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpResponse;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;
import org.apache.hc.core5.net.URIAuthority;
import org.jspecify.annotations.Nullable;

/** Puts a token on requests to some origins, and another if that one is refused. */
final class TokenInterceptor implements ExecChainHandler {
    static final String AUTHORIZATION = "Authorization";
    /** More of an answer than this is not read only to be thrown away: the connection is closed instead. */
    static final int MOST_BYTES = 64 * 1024;

    private final Tokens tokens;
    private final List<WebOrigin> origins;

    TokenInterceptor(Tokens tokens, List<WebOrigin> origins) {
        this.tokens = tokens;
        this.origins = origins;
    }

    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpHost target = scope.route.getTargetHost();
        if (!carries(origins, target) || request.containsHeader(AUTHORIZATION)) {
            return chain.proceed(request, scope);
        }
        AuthorizedCall call = new AuthorizedCall(tokens, request.getMethod(), uri(request, target));
        HttpEntity entity = request.getEntity();
        boolean repeatable = entity == null || entity.isRepeatable();
        ClassicHttpResponse response = chain.proceed(carrying(request, call, tokens::token), scope);
        while (true) {
            AccessToken next = next(call, response, repeatable);
            if (next == null) {
                return response;
            }
            discard(response, scope);
            response = chain.proceed(carrying(request, call, () -> next), scope);
        }
    }

    static boolean carries(List<WebOrigin> origins, HttpHost target) {
        return origins.contains(WebOrigin.of(target.getSchemeName(), target.getHostName(), target.getPort()));
    }

    /** What a proof names: the request as its server sees it. */
    static URI uri(HttpRequest request, HttpHost target) throws HttpException {
        try {
            if (request.getScheme() == null) {
                request.setScheme(target.getSchemeName());
            }
            if (request.getAuthority() == null) {
                request.setAuthority(new URIAuthority(target));
            }
            return request.getUri();
        } catch (URISyntaxException e) {
            throw new HttpException("A request to " + target + " has an address that is no URI");
        }
    }

    /** Not an {@link IOException}: the client would wait and try again, which is the token client's business. */
    static HttpException refused(TokenException e) {
        return new HttpException(e.getMessage(), e);
    }

    static Next look(AuthorizedCall call, HttpResponse response, boolean repeatable) {
        return call.look(
                response.getCode(), values(response, "WWW-Authenticate"), values(response, "DPoP-Nonce"), repeatable);
    }

    private static List<String> values(HttpResponse response, String name) {
        return Arrays.stream(response.getHeaders(name)).map(Header::getValue).toList();
    }

    private interface Supply {
        AccessToken token();
    }

    /**
     * The request that goes on is a copy: what is set on the one that came would be carried to the next host of a chain of
     * redirects.
     */
    private static ClassicHttpRequest carrying(ClassicHttpRequest request, AuthorizedCall call, Supply supply)
            throws HttpException {
        ClassicHttpRequest carrying = ClassicRequestBuilder.copy(request).build();
        try {
            call.headers(supply.token()).forEach(carrying::setHeader);
        } catch (TokenException e) {
            throw refused(e);
        }
        return carrying;
    }

    /** The token to try again with; null if the answer is the caller's. */
    private @Nullable AccessToken next(AuthorizedCall call, ClassicHttpResponse response, boolean repeatable) {
        return switch (look(call, response, repeatable)) {
            case DELIVER -> null;
            case PROVE -> call.sent();
            case RENEW -> renewed(call);
        };
    }

    private @Nullable AccessToken renewed(AuthorizedCall call) {
        try {
            AccessToken token = tokens.token();
            return call.isNew(token) ? token : null;
        } catch (TokenException e) {
            // The answer that refused the old token says more to the caller; this failure is known to listeners.
            return null;
        }
    }

    private static void discard(ClassicHttpResponse response, ExecChain.Scope scope) throws IOException {
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            InputStream body = entity.getContent();
            if (body.readNBytes(MOST_BYTES).length == MOST_BYTES && body.read() >= 0) {
                scope.execRuntime.discardEndpoint();
            }
        }
        response.close();
    }
}
