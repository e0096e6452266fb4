package dev.lintel.auth.opa.rego;

import dev.lintel.core.model.Grant;
import java.util.List;

/** The value of {@code WWW-Authenticate} where a token lacks something, as the evaluator writes it (RFC 6750, 3). */
final class Challenge {
    private Challenge() {}

    static String insufficient(List<Grant> anyOf) {
        String wanted = anyOf.stream()
                .map(Grant::scopes)
                .filter(scopes -> !scopes.isEmpty())
                .findFirst()
                .map(scopes -> ", scope=\"" + plain(String.join(" ", scopes)) + '"')
                .orElse("");
        return "Bearer error=\"insufficient_scope\"" + wanted;
    }

    private static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            plain.append(c < ' ' || c > '~' || c == '"' || c == '\\' ? '\'' : c);
        }
        return plain.toString();
    }
}
