package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.NaiveDoors.Place;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.property.Watch.Way;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Watches Istio's policies. Where routes to a workload are those of one side, its policies let through no more than those of
 * that side; where they are those of neither, no more than those of both. Then no request gets through that both refuse,
 * whatever routes say.
 */
final class DoorWatch {
    private final boolean waypoints;
    private final Way way;
    private final List<Told> opened = new ArrayList<>();
    private final List<Told> broken = new ArrayList<>();
    private int judged;
    private int shut;

    private DoorWatch(boolean waypoints, Way way) {
        this.waypoints = waypoints;
        this.way = way;
    }

    static Watch of(Way way, boolean waypoints) {
        Map<Place, Set<String>> places = new LinkedHashMap<>();
        way.models()
                .forEach(model -> model.apis()
                        .forEach(api -> places.computeIfAbsent(place(api), one -> new LinkedHashSet<>())
                                .addAll(api.entry().hosts())));
        return of(way, places, waypoints);
    }

    /** With places and the hosts by which they are entered. */
    static Watch of(Way way, Map<Place, Set<String>> places, boolean waypoints) {
        DoorWatch watch = new DoorWatch(waypoints, way);
        places.forEach(watch::watch);
        return new Watch(watch.judged, watch.shut, watch.opened, watch.broken);
    }

    private static Place place(ApiModel api) {
        return new Place(api.namespace(), api.service().name(), api.service().labels());
    }

    private void watch(Place place, Set<String> hosts) {
        List<RequestValue> here = way.asked().stream()
                .filter(request -> request.via() == Via.ENTRY
                        ? hosts.contains(request.host())
                        : (request.host() + ".").startsWith(place.name() + "." + place.namespace() + "."))
                .toList();
        watch(place, here, (doors, request) -> doors.lets(place, request));
        if (waypoints) {
            watch(
                    place,
                    here.stream().filter(request -> request.via() == Via.MESH).toList(),
                    (doors, request) -> doors.letsAround(place, request));
        }
    }

    private void watch(Place place, List<RequestValue> asked, BiPredicate<NaiveDoors, RequestValue> lets) {
        Set<Manifest> old = routes(way.before(), place);
        Set<Manifest> wanted = routes(way.after(), place);
        Map<List<Manifest>, Map<RequestValue, Boolean>> known = new HashMap<>();
        Function<List<Manifest>, Map<RequestValue, Boolean>> answers =
                objects -> known.computeIfAbsent(doors(objects), some -> answers(some, asked, lets));
        Map<RequestValue, Boolean> was = answers.apply(way.before());
        Map<RequestValue, Boolean> willBe = answers.apply(way.after());
        for (Moment moment : way.moments()) {
            Set<Manifest> routes = routes(moment.objects(), place);
            boolean isOld = routes.equals(old);
            boolean isNew = routes.equals(wanted);
            Map<RequestValue, Boolean> now = answers.apply(moment.objects());
            for (RequestValue request : asked) {
                boolean before = was.get(request);
                boolean after = willBe.get(request);
                boolean may = isOld && before || isNew && after || before && after;
                String told =
                        "%s: %s%n    %s%n    was let through: %s, will be: %s, is: %s; routes are old: %s, new: %s"
                                .formatted(
                                        moment.label(), place, request, before, after, now.get(request), isOld, isNew);
                judged++;
                shut += before || after ? 0 : 1;
                if (now.get(request) && !may) {
                    opened.add(Told.of(Effect.REFUSED, request, told));
                } else if (before && after && !now.get(request)) {
                    broken.add(Told.of(Effect.REFUSED, request, told));
                }
            }
        }
    }

    private static List<Manifest> doors(List<Manifest> objects) {
        return objects.stream()
                .filter(object -> object.apiVersion().startsWith("security.istio.io/"))
                .toList();
    }

    private Map<RequestValue, Boolean> answers(
            List<Manifest> objects, List<RequestValue> asked, BiPredicate<NaiveDoors, RequestValue> lets) {
        NaiveDoors doors = new NaiveDoors(objects, waypoints);
        Map<RequestValue, Boolean> answers = new HashMap<>();
        asked.forEach(request -> answers.put(request, lets.test(doors, request)));
        return answers;
    }

    /** All that may lead to a workload: what names its service. */
    private static Set<Manifest> routes(List<Manifest> objects, Place place) {
        Set<Manifest> routes = new LinkedHashSet<>();
        for (Manifest object : objects) {
            boolean leads =
                    object.kind().equals("VirtualService") || object.kind().endsWith("Route");
            if (leads && (object.name() + object.spec()).contains(place.name())) {
                routes.add(object);
            }
        }
        return routes;
    }
}
