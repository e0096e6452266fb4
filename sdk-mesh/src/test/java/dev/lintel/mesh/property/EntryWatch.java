package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.NaiveDoors.Place;
import dev.lintel.mesh.property.NaiveRoutes.End;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.property.Watch.Way;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Watches requests that enter through Istio's gateway to their ends: where routes lead them, and who lets them through. */
final class EntryWatch {
    private static final String REFUSED = "refused";

    private final boolean waypoints;
    private final Map<String, Map<String, String>> labels;
    private final Set<String> inside;

    private EntryWatch(boolean waypoints, Map<String, Map<String, String>> labels, Set<String> inside) {
        this.waypoints = waypoints;
        this.labels = labels;
        this.inside = inside;
    }

    static Watch of(Way way, boolean waypoints) {
        EntryWatch watch = new EntryWatch(waypoints, GatewayWatch.labels(way), inside(way));
        List<RequestValue> asked =
                way.asked().stream().filter(one -> one.via() == Via.ENTRY).toList();
        Map<RequestValue, Set<String>> was = watch.ends(way.before(), asked);
        Map<RequestValue, Set<String>> willBe = watch.ends(way.after(), asked);
        List<Told> opened = new ArrayList<>();
        List<Told> broken = new ArrayList<>();
        int judged = 0;
        int shut = 0;
        for (Moment moment : way.moments()) {
            Map<RequestValue, Set<String>> is = watch.ends(moment.objects(), asked);
            for (RequestValue request : asked) {
                Set<String> now = is.getOrDefault(request, Set.of());
                Set<String> known = new LinkedHashSet<>(was.getOrDefault(request, Set.of()));
                known.addAll(willBe.getOrDefault(request, Set.of()));
                boolean refused = now.contains(REFUSED);
                Told told = Told.of(
                        refused ? Effect.REFUSED : Effect.ELSEWHERE,
                        request,
                        "%s%n    %s%n    was: %s%n    will be: %s%n    is: %s"
                                .formatted(moment.label(), request, was.get(request), willBe.get(request), now));
                judged++;
                if (known.equals(Set.of(REFUSED))) {
                    shut++;
                    if (!now.equals(known)) {
                        opened.add(told);
                    }
                } else if (!known.contains(REFUSED) && !known.containsAll(now)) {
                    broken.add(told);
                }
            }
        }
        return new Watch(judged, shut, opened, broken);
    }

    /** What the cluster has a service for, because an API that is said has it there, or nobody says where. */
    private static Set<String> inside(Way way) {
        return way.models().stream()
                .flatMap(model -> model.apis().stream())
                .filter(api -> api.service().traffic().elsewhere() == null
                        || api.service().traffic().elsewhere().address() == null)
                .flatMap(api -> GatewayWatch.services(api).stream().map(name -> api.namespace() + "/" + name))
                .collect(Collectors.toSet());
    }

    private Map<RequestValue, Set<String>> ends(List<Manifest> objects, List<RequestValue> asked) {
        NaiveRoutes routes = new NaiveRoutes(objects);
        NaiveDoors doors = new NaiveDoors(objects, waypoints);
        NaiveConnections connections = new NaiveConnections(objects, inside);
        Map<RequestValue, Set<String>> ends = new LinkedHashMap<>();
        for (RequestValue request : asked) {
            Set<String> words = new LinkedHashSet<>();
            routes.of(request).forEach(end -> words.add(words(doors, connections, request, end)));
            ends.put(request, words);
        }
        return ends;
    }

    private String words(NaiveDoors doors, NaiveConnections connections, RequestValue request, End end) {
        if (end.service().isEmpty()) {
            boolean answered = end.status() < 400 && doors.passesEntry(request);
            return answered ? "answered " + end.status() : REFUSED;
        }
        RequestValue led = new RequestValue(
                request.via(),
                request.method(),
                request.host(),
                end.path(),
                request.query(),
                request.headers(),
                request.token(),
                request.caller(),
                request.session(),
                request.verdict());
        return connections
                .to(end)
                .filter(how -> doors.lets(place(end.service()), request, led))
                .map(how -> "to " + end.service() + " " + end.path() + how)
                .orElse(REFUSED);
    }

    /** What lies elsewhere has no policies of its own. */
    private Place place(String service) {
        int slash = service.indexOf('/');
        return slash < 0
                ? new Place("", service, Map.of("no", service))
                : new Place(
                        service.substring(0, slash),
                        service.substring(slash + 1),
                        labels.getOrDefault(service, Map.of("no", service)));
    }
}
