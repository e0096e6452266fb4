package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.steps.Step;
import dev.lintel.mesh.steps.Step.Doing;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Waits for proxies after what is withdrawn, between what closes and what leads, and between what leads and what opens: until
 * they have acknowledged it, where istiods may be asked, and also at the end; for some time, where nobody tells.
 *
 * <p>Each proxy gets what was written by itself, some time after the apiserver has it: a gateway may know a route before a
 * sidecar knows the policy that was written ahead of it. Where nobody serves, nobody can be called meanwhile.
 */
final class Settling {
    private static final String WITHDRAW = "withdraw";
    private static final int NONE = -1;
    private static final int NAMED = 20;

    private final Waits waits;
    private final Transport transport;
    private final Json json;
    private final Progress progress;
    private final Pauses pauses;
    private final List<Call> questions;
    private final Consumer<Supplier<List<Open>>> until;
    private final @Nullable Acknowledged acknowledged;
    private int stage = NONE;
    private boolean served;

    /**
     * For one apply.
     *
     * @param until waits until nothing is open any more
     */
    Settling(
            Waits waits,
            List<Step> steps,
            Transport transport,
            Json json,
            Progress progress,
            Pauses pauses,
            Consumer<Supplier<List<Open>>> until) {
        this.waits = waits;
        this.transport = transport;
        this.json = json;
        this.progress = progress;
        this.pauses = pauses;
        this.until = until;
        this.acknowledged = waits.istiods().isEmpty()
                ? null
                : new Acknowledged(new Istiods(waits.istiods(), json, Pauses.REAL), pauses, waits.limit());
        // What is elsewhere serves without an endpoint here.
        this.served = steps.stream().anyMatch(step -> step.why().equals(WITHDRAW));
        Set<String> namespaces = steps.stream()
                .flatMap(step -> step.manifests().stream())
                .map(Manifest::namespace)
                .collect(Collectors.toSet());
        this.questions = namespaces.stream()
                .sorted()
                .map(each -> Call.get("/apis/discovery.k8s.io/v1/namespaces/" + each + "/endpointslices?limit=500"))
                .toList();
    }

    /** Waits, if a step builds on proxies having taken over what was written before it. */
    void before(Step step) {
        int next = stage(step);
        boolean first = stage == NONE;
        boolean builds = !first && next > stage;
        stage = Math.max(stage, next);
        if (builds) {
            settle("before " + step.why());
        }
        if (first || builds) {
            begin();
        }
    }

    /** What was written by a step. */
    void after(Step step, List<LiveObject> answers) {
        if (acknowledged != null) {
            acknowledged.written(answers);
            if (step.doing() == Doing.DELETE) {
                acknowledged.deleted(step.manifests());
            }
        }
    }

    /** Waits until proxies have acknowledged the rest; only where istiods tell. */
    void end() {
        if (acknowledged != null && acknowledged.hasBegun()) {
            settle("at the end");
        }
    }

    private void begin() {
        if (acknowledged == null) {
            return;
        }
        try {
            acknowledged.begin();
        } catch (IOException e) {
            progress.say(
                    "istiod cannot be asked what proxies have, and they are given time instead: " + e.getMessage());
        }
    }

    private void settle(String when) {
        if (acknowledged != null && acknowledged.hasBegun()) {
            long start = pauses.nanos();
            until.accept(acknowledged::open);
            int proxies = acknowledged.proxies();
            progress.say(proxies + (proxies == 1 ? " proxy has" : " proxies have") + " acknowledged it after "
                    + Duration.ofNanos(pauses.nanos() - start).toMillis() / 1000.0 + " s, " + when
                    + left(acknowledged.left()));
        } else if (!waits.settling().isZero() && isServed()) {
            progress.say("giving proxies " + waits.settling().toMillis() / 1000.0 + " s to take it over, " + when);
            if (!pauses.isPassed(waits.settling())) {
                until.accept(() -> List.of(new Open("proxies", "have had less time than that", "see who ended it")));
            }
        }
    }

    private static String left(List<String> names) {
        return names.isEmpty()
                ? ""
                : "; " + names.size() + (names.size() == 1 ? " that was" : " that were") + " connected before "
                        + (names.size() == 1 ? "is" : "are") + " not any more: "
                        + names.stream().limit(NAMED).collect(Collectors.joining(", "))
                        + (names.size() > NAMED ? ", …" : "");
    }

    private static int stage(Step step) {
        return switch (step.why()) {
            case WITHDRAW -> 0;
            case "prepare", "unfence", "close" -> 1;
            case "lead" -> 2;
            default -> 3;
        };
    }

    /** What may not be read is taken for served. */
    private boolean isServed() {
        served = served || transport.sendAll(questions).stream().anyMatch(this::isServed);
        return served;
    }

    private boolean isServed(Reply reply) {
        return !reply.succeeded()
                || list(map(json.read(reply.body())).get("items")).stream()
                        .flatMap(slice -> list(map(slice).get("endpoints")).stream())
                        .anyMatch(endpoint -> !Boolean.FALSE.equals(
                                at(map(endpoint), "conditions").get("ready")));
    }
}
