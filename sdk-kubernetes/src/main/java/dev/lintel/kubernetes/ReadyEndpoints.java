package dev.lintel.kubernetes;

import static dev.lintel.kubernetes.Nodes.at;
import static dev.lintel.kubernetes.Nodes.list;
import static dev.lintel.kubernetes.Nodes.map;
import static dev.lintel.kubernetes.Nodes.text;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Counts who is ready for a share of requests, by the EndpointSlices of its Service and the labels of the pods in them.
 *
 * <p>A Service that is not there, or whose endpoints somebody writes by hand, is not counted: the share may lead out of the
 * cluster, to a virtual machine, or to where this cluster does not see.
 */
final class ReadyEndpoints {
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final String MOST = "limit=500&labelSelector=";

    private final Transport transport;
    private final Json json;

    ReadyEndpoints(Transport transport, Json json) {
        this.transport = transport;
        this.json = json;
    }

    /**
     * Shares for which nobody is ready.
     *
     * @return what is seen of each, for people
     * @throws RefusedException if the account of this client may not read what it takes
     */
    Map<Share, String> missing(Collection<Share> shares) {
        Map<Share, Map<?, ?>> selectors = selectors(List.copyOf(shares));
        List<Share> counted = List.copyOf(selectors.keySet());
        List<Call> calls = new ArrayList<>();
        for (Share each : counted) {
            Map<Object, Object> labels = new LinkedHashMap<>(selectors.get(each));
            labels.putAll(each.labels());
            String namespace = "/namespaces/" + each.namespace() + "/";
            calls.add(Call.get("/apis/discovery.k8s.io/v1" + namespace + "endpointslices?" + MOST
                    + Urls.encoded("kubernetes.io/service-name=" + each.service())));
            calls.add(Call.get("/api/v1" + namespace + "pods?" + MOST
                    + Urls.encoded(labels.entrySet().stream()
                            .map(label -> label.getKey() + "=" + label.getValue())
                            .collect(Collectors.joining(",")))));
        }
        List<Reply> replies = transport.sendAll(calls);
        Map<Share, String> missing = new LinkedHashMap<>();
        for (int i = 0; i < counted.size(); i++) {
            Share share = counted.get(i);
            Set<String> ready = ready(items("reading the endpoints of " + share.what(), replies.get(2 * i)));
            List<?> pods = items("reading the pods of " + share.what(), replies.get(2 * i + 1));
            if (pods.stream()
                    .noneMatch(
                            pod -> ready.contains(text(at(map(pod), "metadata").get("name"))))) {
                missing.put(share, "0 of " + pods.size() + " ready");
            }
        }
        return missing;
    }

    /**
     * What the account of this client may not read of what it takes to wait for some shares.
     *
     * @return one problem at most: the first refusal
     */
    List<Problem> forbidden(Collection<Share> shares) {
        try {
            Map<Share, String> unused = missing(shares);
            return List.of();
        } catch (RefusedException e) {
            if (e.status() != FORBIDDEN) {
                throw e;
            }
            return List.of(new Problem(
                    "cluster.forbidden",
                    "endpoints",
                    "cannot be waited for: " + e.getMessage(),
                    "give the account of this client the verbs get for services, list for pods and list for"
                            + " endpointslices, or choose Waits.none()",
                    Origin.unknown()));
        }
    }

    /** Whom the Services choose, of those that choose anybody. */
    private Map<Share, Map<?, ?>> selectors(List<Share> all) {
        // Versions of one Service are shares of it: it is asked for once.
        List<Call> services =
                all.stream().map(ReadyEndpoints::service).distinct().toList();
        List<Reply> answers = transport.sendAll(services);
        Map<Call, Reply> replies = new HashMap<>();
        for (int i = 0; i < services.size(); i++) {
            replies.put(services.get(i), answers.get(i));
        }
        Map<Share, Map<?, ?>> selectors = new LinkedHashMap<>();
        for (int i = 0; i < all.size(); i++) {
            Reply reply = Objects.requireNonNull(replies.get(service(all.get(i))));
            if (reply.succeeded()) {
                selectors.put(all.get(i), at(map(json.read(reply.body())), "spec", "selector"));
            } else if (reply.status() != NOT_FOUND) {
                throw new RefusedException(
                        "reading the Service of " + all.get(i).what(), reply, json);
            }
        }
        selectors.values().removeIf(Map::isEmpty);
        return selectors;
    }

    private static Call service(Share share) {
        return Call.get("/api/v1/namespaces/" + share.namespace() + "/services/" + share.service());
    }

    private List<?> items(String what, Reply reply) {
        if (!reply.succeeded()) {
            throw new RefusedException(what, reply, json);
        }
        return list(map(json.read(reply.body())).get("items"));
    }

    /** The names of pods that take requests; an endpoint about which nothing is said does. */
    private static Set<String> ready(List<?> slices) {
        Set<String> ready = new LinkedHashSet<>();
        for (Object slice : slices) {
            for (Object each : list(map(slice).get("endpoints"))) {
                Map<?, ?> endpoint = map(each);
                if (!Boolean.FALSE.equals(at(endpoint, "conditions").get("ready"))) {
                    ready.add(text(at(endpoint, "targetRef").get("name")));
                }
            }
        }
        return ready;
    }
}
