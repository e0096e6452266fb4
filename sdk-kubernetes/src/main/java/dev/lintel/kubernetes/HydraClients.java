package dev.lintel.kubernetes;

import dev.lintel.auth.register.ClientGrant;
import dev.lintel.auth.register.ClientProof;
import dev.lintel.auth.register.ClientSpec;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.mesh.Manifest;
import java.net.URI;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Clients as {@code OAuth2Client} objects, for clusters in which Ory's controller registers them at a Hydra and writes their
 * Secrets itself, with the keys {@code CLIENT_ID} and {@code CLIENT_SECRET}. Nothing here writes them: {@link
 * dev.lintel.mesh.ManifestYaml#write} makes a file of them. They carry no label of ours, so that no target takes them for
 * objects of a mesh.
 *
 * <p>That controller does not replace secrets. Register at Hydra's own interface, by {@link
 * dev.lintel.auth.register.HydraRegistry}, what is to be rotated.
 *
 * @see <a href="https://github.com/ory/hydra-maester">Ory Hydra Maester</a>
 */
public final class HydraClients {
    private static final Set<ClientGrant> KNOWN =
            EnumSet.of(ClientGrant.CLIENT_CREDENTIALS, ClientGrant.AUTHORIZATION_CODE, ClientGrant.REFRESH_TOKEN);

    private HydraClients() {}

    /**
     * A client as an object.
     *
     * @param client as it should be
     * @param owner the namespace, unless {@link ClientSpec#secretIn} says another one
     * @return the object, called like the client, in the namespace of its secret
     * @throws IllegalArgumentException if an object of this kind cannot say it
     */
    public static Manifest manifest(ClientSpec client, String owner) {
        client.grants().stream()
                .filter(grant -> !KNOWN.contains(grant))
                .findFirst()
                .ifPresent(grant -> {
                    throw refused(client, "knows no grant " + grant.type() + "; register it at Hydra's own interface");
                });
        if (client.scopes().isEmpty()) {
            throw refused(client, "is never removed from Hydra if it has no scope; say scopes(…)");
        }
        SecretPlace place = client.placeFor(owner);
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("clientName", client.id());
        spec.put("grantTypes", client.grants().stream().map(ClientGrant::type).toList());
        if (!client.redirects().isEmpty()) {
            spec.put("responseTypes", List.of("code"));
            spec.put(
                    "redirectUris",
                    client.redirects().stream().map(URI::toString).toList());
        }
        spec.put("scopeArray", List.copyOf(client.scopes()));
        if (!client.audiences().isEmpty()) {
            spec.put("audience", List.copyOf(client.audiences()));
        }
        spec.put("tokenEndpointAuthMethod", client.proof().method());
        if (client.proof() == ClientProof.PRIVATE_KEY_JWT) {
            spec.put("jwksUri", String.valueOf(client.keys()));
        }
        spec.put("accessTokenStrategy", "jwt");
        spec.put("secretName", place.name());
        spec.put("deletionPolicy", "delete");
        return new Manifest(
                "hydra.ory.sh/v1alpha1", "OAuth2Client", place.namespace(), client.id(), Map.of(), Map.of(), spec);
    }

    private static IllegalArgumentException refused(ClientSpec client, String why) {
        return new IllegalArgumentException("client '" + client.id() + "': an OAuth2Client " + why);
    }
}
