package dev.lintel.embedded.serve;

import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.embedded.wire.Fields;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;
import java.util.Map;

/**
 * Makes the said changes of headers: first some are removed, then some are set, then some are added. What frames a message
 * or holds for one hop is the gateway's own, whatever a model says.
 */
final class HeaderEdits {
    private HeaderEdits() {}

    static void request(HttpHeaders headers, HeaderChanges changes) {
        MoreHeaders more = changes.more();
        apply(headers, more.removeFromRequest(), changes.request(), more.addToRequest());
    }

    static void response(HttpHeaders headers, HeaderChanges changes) {
        MoreHeaders more = changes.more();
        apply(headers, more.removeFromResponse(), changes.response(), more.addToResponse());
    }

    private static void apply(
            HttpHeaders headers, List<String> removed, Map<String, String> set, Map<String, String> added) {
        for (int i = 0; i < removed.size(); i++) {
            if (!Fields.isOwned(removed.get(i))) {
                headers.remove(removed.get(i));
            }
        }
        if (!set.isEmpty()) {
            set.forEach((name, value) -> {
                if (isGood(name, value)) {
                    headers.set(name, value);
                }
            });
        }
        if (!added.isEmpty()) {
            added.forEach((name, value) -> {
                if (isGood(name, value)) {
                    headers.add(name, value);
                }
            });
        }
    }

    private static boolean isGood(String name, String value) {
        return Fields.isField(name, value) && !Fields.isOwned(name);
    }
}
