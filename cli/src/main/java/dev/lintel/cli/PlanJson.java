package dev.lintel.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Deviation;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Guarantee;
import dev.lintel.core.plan.Plan;
import java.util.List;
import java.util.Locale;

/** A plan for programs. What is kept is counted and not listed. */
final class PlanJson {
    private PlanJson() {}

    static ObjectNode of(String command, Plan said, int exitCode) {
        Plan plan = OptionWords.of(said);
        ObjectNode tree = Json.head(command, exitCode)
                .put("world", plan.world())
                .put("empty", plan.isEmpty())
                .put("widens", plan.widens());
        if (plan.widening() != null) {
            tree.put("widening", plan.widening());
        }
        tree.set("counts", counts(plan.changes()));
        List<Change> changes = plan.changes().stream()
                .filter(change -> !(change instanceof Change.Keep))
                .toList();
        tree.set("changes", Json.list(changes, PlanJson::change));
        tree.set("effects", Json.list(plan.effects(), PlanJson::effect));
        tree.set("problems", Json.problems(plan.problems()));
        tree.set("warnings", Json.problems(plan.warnings()));
        tree.set("deviations", Json.list(plan.deviations(), PlanJson::deviation));
        tree.set("guarantees", Json.list(plan.guarantees(), PlanJson::guarantee));
        return tree;
    }

    private static ObjectNode counts(List<Change> changes) {
        return Json.object()
                .put("create", count(changes, Change.Create.class))
                .put("update", count(changes, Change.Update.class))
                .put("delete", count(changes, Change.Delete.class))
                .put("keep", count(changes, Change.Keep.class));
    }

    static int kept(Plan plan) {
        return count(plan.changes(), Change.Keep.class);
    }

    private static int count(List<Change> changes, Class<? extends Change> type) {
        return (int) changes.stream().filter(type::isInstance).count();
    }

    private static ObjectNode change(Change change) {
        ObjectNode tree = Json.object();
        if (change instanceof Change.Create create) {
            tree.put("action", "create").put("object", create.object()).put("text", Json.clipped(create.text()));
        } else if (change instanceof Change.Update update) {
            tree.put("action", "update").put("object", update.object()).put("diff", Json.clipped(update.diff()));
        } else {
            tree.put("action", "delete").put("object", change.object());
        }
        return tree;
    }

    static ObjectNode effect(Effect effect) {
        return Json.at(
                Json.object().put("text", Json.clipped(effect.text())).put("widens", effect.widens()), effect.origin());
    }

    static ObjectNode deviation(Deviation deviation) {
        ObjectNode tree = Json.object().put("code", deviation.code()).put("text", deviation.text());
        deviation.subjects().forEach(tree.putArray("subjects")::add);
        return tree;
    }

    private static ObjectNode guarantee(Guarantee guarantee) {
        ObjectNode tree = Json.object()
                .put("about", guarantee.about())
                .put("what", guarantee.what())
                .put("strength", guarantee.strength().name().toLowerCase(Locale.ROOT))
                .put("how", guarantee.how());
        return Json.at(tree, guarantee.origin());
    }
}
