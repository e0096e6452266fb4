package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.Requirement;
import java.util.List;

/**
 * What a SecurityPolicy asks.
 *
 * @param issuers whose tokens are accepted
 * @param audiences of which a token must name one
 * @param asked what is asked of a caller
 */
record SeenAccess(List<Issuer> issuers, List<String> audiences, Requirement asked) {
    SeenAccess {
        issuers = List.copyOf(issuers);
        audiences = List.copyOf(audiences);
    }
}
