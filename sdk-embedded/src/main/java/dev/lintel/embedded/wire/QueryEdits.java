package dev.lintel.embedded.wire;

import dev.lintel.core.evaluate.Verdict.Edit;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the changes of query parameters that an authorizer wants; what it does not name stays byte for byte. */
final class QueryEdits {
    private QueryEdits() {}

    static @Nullable String apply(@Nullable String query, List<Edit> edits) {
        Set<String> named = new HashSet<>();
        List<String> added = new ArrayList<>();
        for (Edit edit : edits) {
            if (edit.kind() == Edit.Kind.SET_QUERY) {
                named.add(edit.name());
                added.add(encoded(edit.name()) + "=" + encoded(edit.value()));
            } else if (edit.kind() == Edit.Kind.REMOVE_QUERY) {
                named.add(edit.name());
            }
        }
        if (named.isEmpty()) {
            return query;
        }
        List<String> pairs = new ArrayList<>();
        if (query != null && !query.isEmpty()) {
            for (String pair : query.split("&", -1)) {
                if (!named.contains(name(pair))) {
                    pairs.add(pair);
                }
            }
        }
        pairs.addAll(added);
        return pairs.isEmpty() ? null : String.join("&", pairs);
    }

    /** A name that cannot be decoded is taken as it stands; nobody can have meant to name it. */
    private static String name(String pair) {
        int end = pair.indexOf('=');
        String name = end < 0 ? pair : pair.substring(0, end);
        try {
            return URLDecoder.decode(name, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return name;
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
