package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.plan.Drift;
import dev.lintel.core.plan.Drifted;
import dev.lintel.core.plan.Hand;
import java.util.Locale;

/** A drift for programs. */
final class DriftJson {
    private DriftJson() {}

    static ObjectNode of(Drift drift, int exitCode) {
        ObjectNode tree = Json.head("diff", exitCode)
                .put("world", drift.world())
                .put("drifted", drift.isDrifted())
                .put("widens", drift.widens());
        tree.set("objects", Json.list(drift.objects(), DriftJson::object));
        tree.set("effects", Json.list(drift.effects(), PlanJson::effect));
        tree.set("opened", Json.problems(drift.opened()));
        tree.set("problems", Json.problems(drift.problems()));
        tree.set("warnings", Json.problems(drift.warnings()));
        return tree;
    }

    private static ObjectNode object(Drifted drifted) {
        ObjectNode tree = Json.object()
                .put("object", drifted.object())
                .put("way", drifted.way().name().toLowerCase(Locale.ROOT))
                .put("diff", Json.clipped(drifted.diff()))
                .put("note", drifted.note());
        tree.set("hands", Json.list(drifted.hands(), DriftJson::hand));
        return tree;
    }

    private static ObjectNode hand(Hand hand) {
        ObjectNode tree = Json.object().put("manager", hand.manager());
        if (hand.at() != null) {
            tree.put("time", hand.at().toString());
        }
        ArrayNode fields = tree.putArray("fields");
        hand.fields().forEach(fields::add);
        return tree;
    }
}
