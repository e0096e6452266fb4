package dev.lintel.embedded.authorization;

/** Which clients may ask about an access token, and exchange it. */
final class Access {
    private Access() {}

    /** Who got it, whom it is for by name, and who serves one of its audiences. */
    static boolean isAllowed(Client client, TokenRecord token) {
        return token.client().equals(client.id())
                || token.audiences().contains(client.id())
                || client.said().served.stream().anyMatch(token.audiences()::contains);
    }
}
