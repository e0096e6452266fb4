package dev.lintel.embedded.authorization;

import java.util.List;

/** A registered client as the server keeps it: without its secret. */
record Client(String id, HashedSecret secret, List<String> scopes, List<String> audiences, List<String> grants) {}
