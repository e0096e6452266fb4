package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a SecurityPolicy asks.
 *
 * @param issuers whose tokens are accepted
 * @param audiences of which a token must name one
 * @param asked what is asked of a caller; null where tokens are not judged and nothing is asked
 * @param authorizer who is asked about each request; null for nobody
 */
record SeenAccess(
        List<Issuer> issuers,
        List<String> audiences,
        @Nullable Requirement asked,
        @Nullable AuthorizerRule authorizer) {
    SeenAccess {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
    }
}
