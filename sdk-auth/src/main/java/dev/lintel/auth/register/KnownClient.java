package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretPlace;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A client as a server knows it.
 *
 * @param id the identifier by which it was asked for
 * @param clientId the identifier that the client itself uses; the same unless the server assigns them
 * @param owner whose it is by its mark; null if it carries none, which means that it is not ours
 * @param place where its secret went, as its mark says; null if it says nothing of that
 * @param stamp what it was made with by a rotation, as {@link ClientRegistry#create} says; null for none
 * @param facts what is registered
 */
public record KnownClient(
        String id,
        String clientId,
        @Nullable String owner,
        @Nullable SecretPlace place,
        @Nullable String stamp,
        ClientFacts facts) {
    /** Whether it may have a secret that the server knows as well: what is not known to do without one does. */
    boolean hasSecret() {
        return Arrays.stream(ClientProof.values())
                .noneMatch(proof -> !proof.hasSecret() && proof.method().equals(facts.proof()));
    }
}
