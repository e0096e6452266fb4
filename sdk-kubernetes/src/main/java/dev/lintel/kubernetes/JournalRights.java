package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.ApplyJournal.Said;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether the journal and the lease may be kept, asked of the apiserver by dry runs before anything is written. */
final class JournalRights {
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final String DRY = "?dryRun=All";
    private static final String JSON_TYPE = "application/json";

    private JournalRights() {}

    /** What stands against it; that there is none yet, or one already, does not. */
    static List<Problem> missing(Applying.Tools tools) {
        JournalPlace place = tools.place();
        List<Call> calls = new ArrayList<>();
        calls.addAll(calls(tools, place.journals(), place.journal(), "v1", "ConfigMap"));
        calls.addAll(calls(tools, place.leases(), place.lease(), "coordination.k8s.io/v1", "Lease"));
        List<Reply> replies = tools.transport().sendAll(calls);
        List<Problem> problems = new ArrayList<>();
        int half = calls.size() / 2;
        problems(tools, "ConfigMap", "configmaps", replies.subList(0, half), problems);
        problems(tools, "Lease", "leases", replies.subList(half, calls.size()), problems);
        if (problems.isEmpty() && replies.get(0).status() == NOT_FOUND) {
            namespace(tools, problems);
        }
        if (problems.isEmpty()) {
            try {
                // What is not understood is not written over.
                Optional<Said> unusedSaid = tools.journal().read();
            } catch (ProblemsException e) {
                problems.addAll(e.problems());
            }
        }
        return problems;
    }

    private static List<Call> calls(Applying.Tools tools, String all, String one, String version, String kind) {
        String whole = tools.json()
                .write(Map.of(
                        "apiVersion",
                        version,
                        "kind",
                        kind,
                        "metadata",
                        tools.place().metadata()));
        String part = tools.json()
                .write(Map.of(
                        "metadata", Map.of("labels", tools.place().metadata().get("labels"))));
        return List.of(
                new Call("POST", all + DRY, JSON_TYPE, whole),
                new Call("PATCH", one + DRY, ApplyJournal.MERGE, part),
                Call.get(one));
    }

    private static void problems(
            Applying.Tools tools, String kind, String plural, List<Reply> replies, List<Problem> problems) {
        replies.stream()
                .filter(reply -> !reply.succeeded() && reply.status() != NOT_FOUND && reply.status() != CONFLICT)
                .findFirst()
                .ifPresent(reply -> {
                    String said = RefusedException.message(reply, tools.json());
                    Denial denial = Denial.of(reply.status(), said);
                    problems.add(new Problem(
                            denial.code(),
                            kind + " " + tools.place(),
                            (denial.ofRights() ? "may not be kept: " : "is refused by " + denial.by() + ": ") + said,
                            denial.hint("the verbs get, create and patch for " + plural + " in "
                                            + tools.place().namespace())
                                    + ", or name another namespace for the journal",
                            Origin.unknown()));
                });
    }

    private static void namespace(Applying.Tools tools, List<Problem> problems) {
        Reply reply = tools.transport().send(make(tools, DRY));
        if (!reply.succeeded() && reply.status() != CONFLICT) {
            problems.add(new Problem(
                    "cluster.missing",
                    "Namespace " + tools.place().namespace(),
                    "is not there for the journal, and may not be made: "
                            + RefusedException.message(reply, tools.json()),
                    "make it, or name another namespace by journalIn",
                    Origin.unknown()));
        }
    }

    /**
     * Makes the namespace, unless it is there.
     *
     * @throws RefusedException if it is not, and cannot be made
     */
    static void makeNamespace(Applying.Tools tools) {
        Reply reply = tools.transport().send(make(tools, ""));
        if (!reply.succeeded() && reply.status() != CONFLICT) {
            throw new RefusedException("making the namespace " + tools.place().namespace(), reply, tools.json());
        }
    }

    private static Call make(Applying.Tools tools, String more) {
        return new Call(
                "POST",
                "/api/v1/namespaces" + more,
                JSON_TYPE,
                tools.json()
                        .write(Map.of(
                                "apiVersion",
                                "v1",
                                "kind",
                                "Namespace",
                                "metadata",
                                Map.of("name", tools.place().namespace()))));
    }
}
