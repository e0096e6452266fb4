package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.mesh.Manifest;
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
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Watches APIRules with what stands beside them, by what Kyma's controller makes of them, and what is none as Istio's. */
final class KymaWatch {
    private KymaWatch() {}

    static Watch of(Way way) {
        Set<String> ruled = hosts(way, "APIRule");
        Set<String> plain = hosts(way, "VirtualService");
        Way istio = asking(way, one -> !ruled.contains(one.host()));
        return DoorWatch.of(istio, false)
                .and(EntryWatch.of(istio, false))
                .and(judged(asking(way, one -> !plain.contains(one.host()))));
    }

    private static Set<String> hosts(Way way, String kind) {
        Set<String> hosts = new HashSet<>();
        Stream.of(way.before(), way.after())
                .flatMap(List::stream)
                .filter(object -> object.kind().equals(kind))
                .forEach(object -> hosts.addAll(NaiveRules.texts(object.spec(), "hosts")));
        return hosts;
    }

    private static Way asking(Way way, Predicate<RequestValue> which) {
        List<RequestValue> asked = way.asked().stream().filter(which).toList();
        return new Way(way.before(), way.after(), way.moments(), way.models(), asked);
    }

    private static Watch judged(Way way) {
        Map<String, Map<String, String>> labels = GatewayWatch.labels(way);
        Function<List<Manifest>, Map<RequestValue, Boolean>> answers = objects -> {
            NaiveKyma kyma = new NaiveKyma(objects, labels);
            Map<RequestValue, Boolean> lets = new HashMap<>();
            way.asked().forEach(request -> lets.put(request, kyma.lets(request)));
            return lets;
        };
        Map<RequestValue, Boolean> was = answers.apply(way.before());
        Map<RequestValue, Boolean> willBe = answers.apply(way.after());
        List<Told> opened = new ArrayList<>();
        List<Told> broken = new ArrayList<>();
        int judged = 0;
        int shut = 0;
        for (Moment moment : way.moments()) {
            Map<RequestValue, Boolean> now = answers.apply(moment.objects());
            for (RequestValue request : way.asked()) {
                boolean before = was.get(request);
                boolean after = willBe.get(request);
                judged++;
                shut += before || after ? 0 : 1;
                Told told = Told.of(
                        Effect.REFUSED,
                        request,
                        "%s%n    %s%n    was let through: %s, will be: %s, is: %s"
                                .formatted(moment.label(), request, before, after, now.get(request)));
                if (now.get(request) && !before && !after) {
                    opened.add(told);
                } else if (before && after && !now.get(request)) {
                    broken.add(told);
                }
            }
        }
        return new Watch(judged, shut, opened, broken);
    }
}
