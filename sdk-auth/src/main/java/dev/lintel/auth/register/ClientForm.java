package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretPlace;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A client's metadata in the words of dynamic registration, which Hydra's own interface uses as well.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7591#section-2">RFC 7591, 2</a>
 */
final class ClientForm {
    /** What stands for a member that a server leaves out because it goes by its own setting. */
    private static final String UNSAID = "as the server is set";

    private ClientForm() {}

    /** Puts what is managed here into an object that may hold more. */
    static void write(ClientSpec client, Map<String, Object> into) {
        into.put("grant_types", client.grants().stream().map(ClientGrant::type).toList());
        into.put("response_types", client.redirects().isEmpty() ? List.of() : List.of("code"));
        into.put("redirect_uris", client.redirects().stream().map(URI::toString).toList());
        into.put("scope", String.join(" ", client.scopes()));
        into.put("audience", List.copyOf(client.audiences()));
        into.put("token_endpoint_auth_method", client.proof().method());
        into.remove("jwks_uri");
        if (client.keys() != null) {
            into.put("jwks_uri", client.keys().toString());
        }
    }

    static Map<String, Object> write(ClientSpec client) {
        Map<String, Object> form = new LinkedHashMap<>();
        write(client, form);
        return form;
    }

    /** What an object says; members of other types than they should have count as missing. */
    static ClientFacts read(Map<String, Object> form, String tokens) {
        return new ClientFacts(
                texts(form.get("grant_types")),
                words(form.get("scope")),
                texts(form.get("audience")),
                texts(form.get("redirect_uris")),
                text(form, "token_endpoint_auth_method"),
                form.get("jwks_uri") instanceof String keys && !keys.isEmpty() ? keys : null,
                tokens);
    }

    /** A place that a mark names; null for none, also where somebody has made it unreadable. */
    static @Nullable SecretPlace place(@Nullable Object mark) {
        try {
            return mark instanceof String path ? SecretPlace.of(path) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    static String text(Map<String, Object> form, String member) {
        return form.get(member) instanceof String text && !text.isEmpty() ? text : UNSAID;
    }

    static List<String> texts(@Nullable Object member) {
        List<String> texts = new ArrayList<>();
        if (member instanceof List<?> list) {
            list.forEach(entry -> {
                if (entry instanceof String text) {
                    texts.add(text);
                }
            });
        }
        return texts;
    }

    private static List<String> words(@Nullable Object member) {
        return member instanceof String text && !text.isBlank()
                ? List.of(text.strip().split(" +"))
                : List.of();
    }
}
