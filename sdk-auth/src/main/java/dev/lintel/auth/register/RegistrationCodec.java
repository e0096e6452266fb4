package dev.lintel.auth.register;

import dev.lintel.auth.net.StrictJson;
import dev.lintel.auth.oauth.registration.RegisteredClient;
import dev.lintel.core.Secret;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** An entry of a {@link RegistrationBook} as JSON, for books that write it down. It holds secrets in clear. */
public final class RegistrationCodec {
    private RegistrationCodec() {}

    /**
     * Writes an entry.
     *
     * @param entry what to write
     * @return an object of JSON in UTF-8
     */
    public static byte[] write(RegistrationBook.Entry entry) {
        RegisteredClient client = entry.client();
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("owner", entry.owner());
        put(members, "stamp", entry.stamp());
        members.put("audience", entry.audiences());
        members.put("client_id", client.clientId());
        put(
                members,
                "client_secret",
                client.secret() == null ? null : client.secret().reveal());
        put(
                members,
                "secret_expires",
                client.secretExpires() == null ? null : client.secretExpires().toString());
        put(
                members,
                "management",
                client.management() == null ? null : client.management().toString());
        put(
                members,
                "token",
                client.managementToken() == null
                        ? null
                        : client.managementToken().reveal());
        members.put("registered", client.registered());
        if (entry.leaving()) {
            members.put("leaving", true);
        }
        return StrictJson.write(members).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * Reads an entry.
     *
     * @param json what {@link #write} wrote
     * @return empty if it is something else
     */
    public static Optional<RegistrationBook.Entry> read(byte[] json) {
        Map<String, Object> members = StrictJson.object(json).orElse(Map.of());
        if (!(members.get("owner") instanceof String owner)
                || !(members.get("client_id") instanceof String clientId)
                || !(members.get("registered") instanceof Map<?, ?> registered)) {
            return Optional.empty();
        }
        Map<String, Object> said = new LinkedHashMap<>();
        registered.forEach((name, value) -> said.put(String.valueOf(name), value));
        try {
            String expires = text(members, "secret_expires");
            String management = text(members, "management");
            return Optional.of(new RegistrationBook.Entry(
                    owner,
                    text(members, "stamp"),
                    ClientForm.texts(members.get("audience")),
                    new RegisteredClient(
                            clientId,
                            secret(members, "client_secret"),
                            expires == null ? null : Instant.parse(expires),
                            management == null ? null : URI.create(management),
                            secret(members, "token"),
                            said),
                    Boolean.TRUE.equals(members.get("leaving"))));
        } catch (DateTimeParseException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static void put(Map<String, Object> members, String name, @Nullable String value) {
        if (value != null) {
            members.put(name, value);
        }
    }

    private static @Nullable Secret secret(Map<String, Object> members, String name) {
        String text = text(members, name);
        return text == null ? null : Secret.of(text);
    }

    private static @Nullable String text(Map<String, Object> members, String name) {
        return members.get(name) instanceof String text && !text.isEmpty() ? text : null;
    }
}
