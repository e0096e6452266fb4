package dev.lintel.mesh.verify;

import dev.lintel.core.Origin;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** All that an apply changes, taken apart: each of them is to be seen in force. */
final class Statements {
    private static final String PEERS = "PeerAuthentication";

    /** Nothing changes. */
    static final Statements NONE = new Statements(MeshModel.EMPTY, Map.of(), List.of());

    private final MeshModel before;
    private final Map<String, List<Statement>> byApi;
    private final List<Statement> rest;

    private Statements(MeshModel before, Map<String, List<Statement>> byApi, List<Statement> rest) {
        this.before = before;
        this.byApi = byApi;
        this.rest = rest;
    }

    /**
     * What changes.
     *
     * @param before what is in force
     * @param now what is to be in force, read in the same way
     * @param objects that change
     */
    static Statements of(MeshModel before, MeshModel now, List<Manifest> objects) {
        Map<String, ApiModel> old = byId(before);
        Map<String, ApiModel> wanted = byId(now);
        Map<String, List<ApiModel>> hosts = new HashMap<>();
        now.apis()
                .forEach(api -> api.entry()
                        .hosts()
                        .forEach(host -> hosts.computeIfAbsent(host, h -> new ArrayList<>())
                                .add(api)));
        Map<String, List<Statement>> all = new LinkedHashMap<>();
        TreeSet<String> ids = new TreeSet<>(old.keySet());
        ids.addAll(wanted.keySet());
        for (String id : ids) {
            ApiModel was = old.get(id);
            ApiModel is = wanted.get(id);
            if (!Objects.equals(was, is)) {
                List<ApiModel> beside = beside(hosts, id, was, is);
                all.put(
                        id,
                        is != null
                                ? new ApiStatements(was, is, beside).all()
                                : was != null ? ApiStatements.gone(was, beside) : List.of());
            }
        }
        List<Statement> rest = new ArrayList<>();
        rest.addAll(differing(
                before.isolations(),
                now.isolations(),
                IsolationRule::namespace,
                rule -> Statement.untold(
                        "namespace " + rule.namespace(), "its boundary", rule.origin(), Withheld.INSIDE)));
        rest.addAll(differing(
                before.egress(),
                now.egress(),
                EgressRule::id,
                rule -> Statement.untold(rule.id(), "what may leave", rule.origin(), Withheld.INSIDE)));
        rest.addAll(mute(objects, all, rest.isEmpty()));
        return new Statements(before, all, rest);
    }

    /** Objects that change without a word of a model: what a hand has changed of them, and what only calls from inside meet. */
    private static List<Statement> mute(
            List<Manifest> objects, Map<String, List<Statement>> said, boolean nothingElse) {
        List<Statement> mute = new ArrayList<>();
        for (Manifest one : objects) {
            String name = one.labels().getOrDefault(Manifest.API, "");
            boolean silent = name.isEmpty()
                    ? said.isEmpty() && nothingElse
                    : said.getOrDefault(name + "." + one.namespace(), List.of()).isEmpty();
            if (one.kind().equals(PEERS)) {
                mute.add(Statement.untold(
                        one.id(), "the mutual TLS that it asks for", Origin.unknown(), Withheld.INSIDE));
            } else if (silent) {
                mute.add(Statement.untold(one.id(), "what changes of it", Origin.unknown(), Withheld.ALIKE));
            }
        }
        return mute;
    }

    private static Map<String, ApiModel> byId(MeshModel model) {
        Map<String, ApiModel> found = new LinkedHashMap<>();
        model.apis().forEach(api -> found.put(api.id(), api));
        return found;
    }

    private static List<ApiModel> beside(
            Map<String, List<ApiModel>> hosts, String id, @Nullable ApiModel was, @Nullable ApiModel is) {
        Map<String, ApiModel> found = new LinkedHashMap<>();
        List<String> own = new ArrayList<>();
        if (was != null) {
            own.addAll(was.entry().hosts());
        }
        if (is != null) {
            own.addAll(is.entry().hosts());
        }
        own.forEach(host -> hosts.getOrDefault(host, List.of()).forEach(api -> found.put(api.id(), api)));
        found.remove(id);
        return List.copyOf(found.values());
    }

    private static <T> List<Statement> differing(
            List<T> before, List<T> now, Function<T, String> name, Function<T, Statement> said) {
        Map<String, T> found = new LinkedHashMap<>();
        now.stream().filter(each -> !before.contains(each)).forEach(each -> found.put(name.apply(each), each));
        before.stream().filter(each -> !now.contains(each)).forEach(each -> found.putIfAbsent(name.apply(each), each));
        return found.values().stream().map(said).toList();
    }

    /** What changes of one API; empty if nothing does. */
    List<Statement> of(String api) {
        return byApi.getOrDefault(api, List.of());
    }

    /** APIs of which something changes. */
    Collection<String> apis() {
        return byApi.keySet();
    }

    /** What no API is about. */
    List<Statement> rest() {
        return rest;
    }

    /** An API as it was. */
    Optional<ApiModel> before(String api) {
        return before.api(api);
    }
}
