package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.Request.Via;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Version;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.Manifest;
import dev.lintel.mesh.gatewayapi.GatewayApiWorld;
import dev.lintel.mesh.property.Moments.Moment;
import dev.lintel.mesh.property.Watch.Told;
import dev.lintel.mesh.property.Watch.Way;
import dev.lintel.mesh.steps.Gap.Effect;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** Watches what Gateway API's objects do to requests that enter, by its specification. */
final class GatewayWatch {
    private GatewayWatch() {}

    static Watch of(Way way, Dialect dialect) {
        Map<String, Map<String, String>> labels = labels(way);
        Function<List<Manifest>, Function<RequestValue, Map<String, Integer>>> naive =
                objects -> GatewayApiWorld.naive(dialect, objects, labels);
        Function<RequestValue, Map<String, Integer>> was = naive.apply(way.before());
        Function<RequestValue, Map<String, Integer>> willBe = naive.apply(way.after());
        List<RequestValue> asked =
                way.asked().stream().filter(one -> one.via() == Via.ENTRY).toList();
        Map<RequestValue, List<Map<String, Integer>>> ends = new HashMap<>();
        asked.forEach(one -> ends.put(one, List.of(was.apply(one), willBe.apply(one))));
        List<Told> opened = new ArrayList<>();
        List<Told> broken = new ArrayList<>();
        int judged = 0;
        int shut = 0;
        for (Moment moment : way.moments()) {
            Function<RequestValue, Map<String, Integer>> is = naive.apply(moment.objects());
            for (RequestValue request : asked) {
                List<Map<String, Integer>> both = ends.get(request);
                Set<String> now = is.apply(request).keySet();
                Set<String> known = new HashSet<>(both.get(0).keySet());
                known.addAll(both.get(1).keySet());
                boolean refused = now.stream().anyMatch(one -> isRefused(one) && !known.contains(one));
                Told told = Told.of(
                        refused ? Effect.REFUSED : Effect.ELSEWHERE,
                        request,
                        "%s%n    %s%n    was: %s%n    will be: %s%n    is: %s"
                                .formatted(moment.label(), request, both.get(0), both.get(1), now));
                judged++;
                if (known.stream().allMatch(GatewayWatch::isRefused)) {
                    shut++;
                    if (!now.stream().allMatch(GatewayWatch::isRefused)) {
                        opened.add(told);
                    }
                } else if (known.stream().noneMatch(GatewayWatch::isRefused) && !known.containsAll(now)) {
                    broken.add(told);
                }
            }
        }
        return new Watch(judged, shut, opened, broken);
    }

    private static boolean isRefused(String words) {
        return words.equals("refused") || words.equals("answered 404");
    }

    /** All of an API's services select its workloads. */
    static Map<String, Map<String, String>> labels(Way way) {
        Map<String, Map<String, String>> labels = new HashMap<>();
        way.models()
                .forEach(model -> model.apis()
                        .forEach(api -> services(api)
                                .forEach(name -> labels.put(
                                        api.namespace() + "/" + name,
                                        api.service().labels()))));
        return labels;
    }

    static List<String> services(ApiModel api) {
        List<String> services = new ArrayList<>(List.of(api.service().name()));
        api.service().versions().stream().map(Version::service).forEach(services::add);
        return services;
    }
}
