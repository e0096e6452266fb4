package dev.lintel.embedded.authorization;

import java.util.List;

/** A registered client as the server keeps it: without its secret. */
record Client(
        String id,
        HashedSecret secret,
        List<String> scopes,
        List<String> audiences,
        List<String> grants,
        UserFacing users) {
    /** What people call it. */
    String title() {
        return users.name().isEmpty() ? id : users.name();
    }
}
