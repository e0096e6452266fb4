package dev.lintel.mesh.admission;

import static dev.lintel.mesh.admission.Term.and;
import static dev.lintel.mesh.admission.Term.list;
import static dev.lintel.mesh.admission.Term.map;
import static dev.lintel.mesh.admission.Term.matches;
import static dev.lintel.mesh.admission.Term.not;
import static dev.lintel.mesh.admission.Term.ref;
import static dev.lintel.mesh.admission.Term.say;
import static dev.lintel.mesh.admission.Term.text;
import static dev.lintel.mesh.admission.Term.together;

import dev.lintel.core.Names;
import java.util.List;

/** Pods, and what makes them, run images that are listed; an image without its registry is not. */
final class ImageRules {
    private static final Term.Ref CONTAINER = ref("container");
    private static final Term.Ref VOLUME = ref("volume");

    private final String allowed;
    private final String told;

    ImageRules(List<String> images) {
        this.allowed = Patterns.images(images);
        this.told = Names.few(images);
    }

    GuardRail rail() {
        return new GuardRail(
                "images",
                "LintelImages",
                false,
                List.of(
                        rule(
                                "pod",
                                List.of(
                                        new Resource("", "Pod", "pods"),
                                        new Resource("", "Pod", "pods/ephemeralcontainers")),
                                map(Term.NOW, "spec")),
                        rule(
                                "pod_template",
                                List.of(new Resource("", "PodTemplate", "podtemplates")),
                                map(Term.NOW, "template", "spec")),
                        rule(
                                "workload",
                                List.of(
                                        new Resource("", "ReplicationController", "replicationcontrollers"),
                                        new Resource("apps", "Deployment", "deployments"),
                                        new Resource("apps", "ReplicaSet", "replicasets"),
                                        new Resource("apps", "StatefulSet", "statefulsets"),
                                        new Resource("apps", "DaemonSet", "daemonsets"),
                                        new Resource("batch", "Job", "jobs")),
                                map(Term.NOW, "spec", "template", "spec")),
                        rule(
                                "cron_job",
                                List.of(new Resource("batch", "CronJob", "cronjobs")),
                                map(Term.NOW, "spec", "jobTemplate", "spec", "template", "spec"))));
    }

    private Rule rule(String name, List<Resource> resources, Term pod) {
        Term image = text(CONTAINER, "image");
        Term volume = text(VOLUME, "image", "reference");
        return new Rule(
                "image_of_" + name,
                "admission.image",
                resources,
                Rule.unchanged(),
                together(
                        new Term.Each(
                                together(
                                        list(pod, "containers"),
                                        list(pod, "initContainers"),
                                        list(pod, "ephemeralContainers")),
                                CONTAINER,
                                not(matches(image, allowed)),
                                image),
                        new Term.Each(
                                list(pod, "volumes"),
                                VOLUME,
                                and(not(new Term.Same(volume, say(""))), not(matches(volume, allowed))),
                                volume)),
                "runs the image",
                "allowed are " + told + ", with the registry written out");
    }
}
