package dev.lintel.embedded.authorization.login;

/**
 * Something that a client asks a user for.
 *
 * @param scope its value in the protocol
 * @param description what it means to people; empty if nobody said so
 */
public record Permission(String scope, String description) {
    Markup item() {
        return description.isEmpty()
                ? Markup.of("<li>{}</li>", scope)
                : Markup.of("<li>{} <code>{}</code></li>", description, scope);
    }
}
