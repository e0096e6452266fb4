package dev.lintel.junit;

import dev.lintel.embedded.authorization.TokenRequest;
import java.util.List;
import java.util.Objects;

/** Lists as people read them: how many there were, and the last of them. */
final class Lines {
    private static final int SHOWN = 20;

    private Lines() {}

    static void add(StringBuilder out, String what, long count, List<?> all) {
        List<?> last = all.subList(Math.max(0, all.size() - SHOWN), all.size());
        out.append(what).append(": ").append(count);
        if (last.size() < count) {
            out.append(", of which the last ").append(last.size());
        }
        out.append('\n');
        last.forEach(one -> out.append("  ").append(one).append('\n'));
    }

    static String of(TokenRequest request) {
        return Objects.requireNonNullElse(request.client(), "nobody") + " asked by "
                + Objects.requireNonNullElse(request.grant(), "no known grant") + ": " + request.outcome()
                + (request.scopes().isEmpty() ? "" : " " + String.join(" ", request.scopes()));
    }
}
