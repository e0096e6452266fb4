package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Trailers may not say what only a header may: who asks, where to, how the message is framed (RFC 9110, 6.5.1). */
public final class Trailers {
    private Trailers() {}

    /**
     * Removes what must not stand in trailers.
     *
     * @param trailers of a request or a response
     */
    public static void clean(HttpHeaders trailers) {
        if (trailers.isEmpty()) {
            return;
        }
        List<String> removed = new ArrayList<>();
        for (Map.Entry<String, String> entry : trailers) {
            String name = entry.getKey();
            boolean known = Field.of(name) != Field.OTHER || Field.ofUnderscored(name) != Field.OTHER;
            if (known || !Grammar.isToken(name) || !Grammar.isFieldValue(entry.getValue())) {
                removed.add(name);
            }
        }
        removed.forEach(trailers::remove);
    }
}
