package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;

import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.steps.Step;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Gives proxies time between what closes and what leads, and between what leads and what opens.
 *
 * <p>Each proxy gets what was written by itself, some time after the apiserver has it: a gateway may know a route before a
 * sidecar knows the policy that was written ahead of it. Where nobody serves, nobody can be called meanwhile.
 */
final class Settling {
    private static final int NONE = -1;

    private final Waits waits;
    private final Transport transport;
    private final Json json;
    private final Progress progress;
    private final Pauses pauses;
    private final List<Call> questions;
    private int stage = NONE;
    private boolean served;

    Settling(Waits waits, List<Step> steps, Transport transport, Json json, Progress progress, Pauses pauses) {
        this.waits = waits;
        this.transport = transport;
        this.json = json;
        this.progress = progress;
        this.pauses = pauses;
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
        boolean builds = stage != NONE && next > stage;
        stage = Math.max(stage, next);
        if (builds && !waits.settling().isZero() && isServed()) {
            progress.say("giving proxies " + waits.settling().toMillis() / 1000.0 + " s to take it over, before "
                    + step.why());
            pauses.pause(waits.settling()).join();
        }
    }

    private static int stage(Step step) {
        return switch (step.why()) {
            case "prepare", "unfence", "close" -> 0;
            case "lead" -> 1;
            default -> 2;
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
