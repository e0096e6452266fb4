package dev.lintel.embedded.authorization;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.embedded.authorization.keys.ClientKeys;
import java.net.URI;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A client as it is written down: secrets as hashes. */
final class StoredClient {
    private StoredClient() {}

    static Map<String, Object> write(Client client) {
        ClientRegistration said = client.said();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("id", said.id);
        members.put("method", said.method.name());
        members.put("since", client.since().getEpochSecond());
        put(members, "secret", client.secret() == null ? null : client.secret().stored());
        members.put("older", client.older().stream().map(HashedSecret::stored).toList());
        put(
                members,
                "management",
                client.management() == null ? null : client.management().stored());
        if (said.keys != null) {
            put(members, "jwks", said.keys.jwks());
            put(members, "jwksUri", said.keys.uri());
        }
        put(members, "subjectName", said.subjectName);
        put(members, "name", said.name);
        put(members, "accessTokenLifetime", said.accessTokenLifetime);
        put(members, "refreshTokenLifetime", said.refreshTokenLifetime);
        members.put(
                "certificates",
                said.certificates.stream().map(StoredClient::encoded).toList());
        members.put("scopes", said.scopes);
        members.put("audiences", said.audiences);
        members.put("served", said.served);
        members.put("grants", said.grants);
        members.put("redirectUris", texts(said.redirectUris));
        members.put("postLogoutRedirectUris", texts(said.postLogoutRedirectUris));
        put(members, "backChannelLogoutUri", said.backChannelLogoutUri);
        members.put("opaque", said.opaque);
        members.put("proofNeeded", said.proofNeeded);
        members.put("certificateBound", said.certificateBound);
        members.put("firstParty", said.firstParty);
        PlanMark mark = said.mark;
        if (mark != null) {
            put(members, "owner", mark.owner());
            put(members, "place", mark.place());
            put(members, "stamp", mark.stamp());
        }
        return members;
    }

    static Client read(Stored stored) {
        ClientRegistration said =
                ClientRegistration.stored(stored.text("id"), ClientMethod.valueOf(stored.text("method")));
        said.keys = keys(stored);
        said.subjectName = stored.optional("subjectName").orElse(null);
        said.name = stored.optional("name").orElse(null);
        said.accessTokenLifetime = duration(stored, "accessTokenLifetime");
        said.refreshTokenLifetime = duration(stored, "refreshTokenLifetime");
        said.certificates = stored.texts("certificates").stream()
                .map(pem -> Certificates.parse(pem).get(0))
                .toList();
        said.scopes = List.copyOf(stored.texts("scopes"));
        said.audiences = List.copyOf(stored.texts("audiences"));
        said.served = List.copyOf(stored.texts("served"));
        said.grants = List.copyOf(stored.texts("grants"));
        said.redirectUris = uris(stored, "redirectUris");
        said.postLogoutRedirectUris = uris(stored, "postLogoutRedirectUris");
        said.backChannelLogoutUri =
                stored.optional("backChannelLogoutUri").map(URI::create).orElse(null);
        said.opaque = stored.flag("opaque");
        said.proofNeeded = stored.flag("proofNeeded");
        said.certificateBound = stored.flag("certificateBound");
        said.firstParty = stored.flag("firstParty");
        said.mark = stored.optional("owner")
                .map(owner -> new PlanMark(
                        owner,
                        stored.optional("place").map(SecretPlace::of).orElse(null),
                        stored.optional("stamp").orElse(null)))
                .orElse(null);
        List<HashedSecret> older = stored.has("older")
                ? stored.texts("older").stream().map(HashedSecret::restore).toList()
                : List.of();
        return new Client(said, hashed(stored, "secret"), older, hashed(stored, "management"), stored.time("since"));
    }

    private static @Nullable ClientKeys keys(Stored stored) {
        if (stored.has("jwks")) {
            return ClientKeys.of(stored.text("jwks"));
        }
        return stored.has("jwksUri") ? ClientKeys.at(URI.create(stored.text("jwksUri"))) : null;
    }

    private static @Nullable HashedSecret hashed(Stored stored, String name) {
        return stored.optional(name).map(HashedSecret::restore).orElse(null);
    }

    private static @Nullable Duration duration(Stored stored, String name) {
        return stored.optional(name).map(Duration::parse).orElse(null);
    }

    private static List<URI> uris(Stored stored, String name) {
        return stored.texts(name).stream().map(URI::create).toList();
    }

    private static List<String> texts(List<URI> uris) {
        return uris.stream().map(URI::toString).toList();
    }

    private static String encoded(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (CertificateEncodingException e) {
            throw new IllegalStateException("a certificate that was registered can be written", e);
        }
    }

    private static void put(Map<String, Object> members, String name, @Nullable Object value) {
        if (value != null) {
            members.put(name, value.toString());
        }
    }
}
