package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What it means that an apiserver would not take an object, and what to do about it. */
final class Refusals {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    /** In front of objects stands somebody who must be asked, and who cannot be. */
    private static final Pattern SILENT_WEBHOOK = Pattern.compile("failed calling webhook \"([^\"]{1,253})\"");

    private final Json json;

    Refusals(Json json) {
        this.json = json;
    }

    /**
     * The problem that an answer is.
     *
     * @param manifest which was offered
     * @param reply the answer, none of success
     * @param conflicts what was chosen for fields of others
     */
    Problem problem(Manifest manifest, Reply reply, Conflicts conflicts) {
        String said = RefusedException.message(reply, json);
        Matcher webhook = SILENT_WEBHOOK.matcher(said);
        if (webhook.find()) {
            return problem(
                    "cluster.webhook",
                    manifest,
                    "cannot be checked: the webhook '" + webhook.group(1) + "' gives no answer: " + said,
                    "see whether the service that its configuration names is up; it is not got round, and nothing has been"
                            + " written: plan again when it answers");
        }
        return switch (reply.status()) {
            case CONFLICT ->
                problem(
                        "cluster.conflict",
                        manifest,
                        "would take fields from others: " + said,
                        (conflicts == Conflicts.YIELD
                                        ? "they are not left to others, because they decide who may call; "
                                        : "")
                                + "let the other manager give them up, or choose Conflicts.TAKE_OVER");
            case FORBIDDEN -> forbidden(manifest, reply, said);
            case NOT_FOUND -> missing(manifest, reply, said);
            default -> denied(manifest, reply, said);
        };
    }

    /** All objects of one namespace, and all of one kind, miss the same: they have the same problem. */
    private Problem missing(Manifest manifest, Reply reply, String said) {
        boolean namespace =
                "namespaces".equals(at(json.map(reply.body()), "details").get("kind"));
        return namespace
                ? new Problem(
                        "cluster.missing",
                        "Namespace " + manifest.namespace(),
                        "is not there, and objects are to be in it: " + said,
                        "create the namespace '" + manifest.namespace() + "', or leave its definitions out",
                        Origin.unknown())
                : new Problem(
                        "cluster.missing",
                        ServerSideApply.plural(manifest),
                        "have no place: " + said,
                        "install the definition of " + manifest.apiVersion() + " " + manifest.kind(),
                        Origin.unknown());
    }

    private static Problem denied(Manifest manifest, Reply reply, String said) {
        Denial denial = Denial.of(reply.status(), said);
        return denial.ofRights()
                ? problem(
                        denial.code(),
                        manifest,
                        "may not be written: " + said,
                        denial.hint("the verbs patch and create for " + ServerSideApply.plural(manifest) + " in "
                                + manifest.namespace()))
                : problem(
                        denial.code(),
                        manifest,
                        "would be refused with " + reply.status() + " by " + denial.by() + ": " + said,
                        denial.hint(""));
    }

    private Problem forbidden(Manifest manifest, Reply reply, String said) {
        boolean terminating = list(at(json.map(reply.body()), "details").get("causes")).stream()
                .anyMatch(each -> "NamespaceTerminating".equals(map(each).get("reason")));
        return terminating
                ? problem(
                        "cluster.terminating",
                        manifest,
                        "has no place any more: " + said,
                        "take what is defined in '" + manifest.namespace()
                                + "' out, or make the namespace again when it is gone")
                : denied(manifest, reply, said);
    }

    private static Problem problem(String code, Manifest manifest, String message, String hint) {
        return new Problem(code, manifest.id(), message, hint, Origin.unknown());
    }
}
