package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.kubernetes.Transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One field that we want and another manager owns, as an apiserver tells it with status 409.
 *
 * @param manager who owns it
 * @param path where it is, for example {@code .spec.http}
 */
record FieldConflict(String manager, String path) {
    private static final int CONFLICT = 409;
    private static final Pattern OWNER = Pattern.compile("conflict with \"((?:[^\"\\\\]|\\\\.)*)\".*");

    /** All that an answer tells; none if it is about something else. */
    static List<FieldConflict> of(Reply reply, Json json) {
        List<FieldConflict> conflicts = new ArrayList<>();
        if (reply.status() == CONFLICT) {
            for (Object each : list(at(json.map(reply.body()), "details").get("causes"))) {
                Map<?, ?> cause = map(each);
                Matcher owner = OWNER.matcher(text(cause.get("message")));
                if ("FieldManagerConflict".equals(cause.get("reason")) && owner.matches()) {
                    conflicts.add(new FieldConflict(owner.group(1), text(cause.get("field"))));
                }
            }
        }
        return conflicts;
    }
}
