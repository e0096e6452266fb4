package dev.lintel.auth.client;

import dev.lintel.auth.token.TokenException;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hc.client5.http.classic.ExecChain;
import org.apache.hc.client5.http.classic.ExecChainHandler;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.support.ClassicRequestBuilder;

/** Puts a token on requests to some origins. */
final class TokenInterceptor implements ExecChainHandler {
    private static final String AUTHORIZATION = "Authorization";

    private final Tokens tokens;
    private final List<Origin> origins;

    TokenInterceptor(Tokens tokens, List<Origin> origins) {
        this.tokens = tokens;
        this.origins = origins;
    }

    /** Where a request goes to (RFC 6454, 4). */
    record Origin(String scheme, String host, int port) {
        static Origin of(String scheme, String host, int port) {
            String lower = scheme.toLowerCase(Locale.ROOT);
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            return new Origin(
                    lower, bare.toLowerCase(Locale.ROOT), port >= 0 ? port : lower.equals("https") ? 443 : 80);
        }
    }

    static List<Origin> origins(URI first, URI... more) {
        List<URI> all = new ArrayList<>(List.of(more));
        all.add(0, first);
        List<Origin> origins = new ArrayList<>();
        for (URI uri : all) {
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            String path = uri.getRawPath();
            if (!web
                    || uri.getHost() == null
                    || uri.getRawUserInfo() != null
                    || uri.getRawQuery() != null
                    || uri.getRawFragment() != null
                    || path != null && !path.isEmpty() && !path.equals("/")) {
                throw new IllegalArgumentException("an origin must be scheme, host and port alone, as in"
                        + " 'https://orders.example', but was '" + uri + "'");
            }
            origins.add(Origin.of(uri.getScheme(), uri.getHost(), uri.getPort()));
        }
        return List.copyOf(origins);
    }

    /**
     * The request that goes on is a copy: what is set on the one that came would be carried to the next host of a chain of
     * redirects.
     */
    @Override
    public ClassicHttpResponse execute(ClassicHttpRequest request, ExecChain.Scope scope, ExecChain chain)
            throws IOException, HttpException {
        HttpHost target = scope.route.getTargetHost();
        boolean ours = origins.contains(Origin.of(target.getSchemeName(), target.getHostName(), target.getPort()));
        if (!ours || request.containsHeader(AUTHORIZATION)) {
            return chain.proceed(request, scope);
        }
        String authorization;
        try {
            authorization = tokens.token().authorization();
        } catch (TokenException e) {
            // Not an IOException: the client would wait and try again, which is the token client's business.
            throw new HttpException(e.getMessage(), e);
        }
        ClassicHttpRequest carrying = ClassicRequestBuilder.copy(request).build();
        carrying.setHeader(AUTHORIZATION, authorization);
        return chain.proceed(carrying, scope);
    }
}
