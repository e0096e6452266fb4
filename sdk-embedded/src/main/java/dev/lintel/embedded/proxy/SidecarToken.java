package dev.lintel.embedded.proxy;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.lintel.core.evaluate.Token;
import java.text.ParseException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a token says that the sidecar has verified: signature, issuer, audience and times are not looked at again. Never ask
 * this of a request that has not come through a sidecar.
 */
final class SidecarToken {
    private static final String BEARER = "Bearer ";
    private static final int LONGEST = 16 << 10;

    private SidecarToken() {}

    static Token of(@Nullable String authorization) {
        if (authorization == null
                || authorization.length() > LONGEST
                || !authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return Token.NONE;
        }
        try {
            JWTClaimsSet claims =
                    SignedJWT.parse(authorization.substring(BEARER.length())).getJWTClaimsSet();
            if (claims.getIssuer() == null) {
                return new Token.Rejected("the token has no 'iss'");
            }
            String scope = claims.getClaim("scope") instanceof String said ? said : "";
            List<String> scopes = Arrays.stream(scope.split(" ", -1))
                    .filter(one -> !one.isEmpty())
                    .toList();
            Map<String, Object> all = new LinkedHashMap<>();
            claims.toJSONObject().forEach((name, value) -> {
                if (value != null) {
                    all.put(name, value);
                }
            });
            return new Token.Verified(claims.getIssuer(), claims.getSubject(), claims.getAudience(), scopes, all);
        } catch (ParseException e) {
            return new Token.Rejected("the token is no signed JWT");
        }
    }
}
