package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Service;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An API and who may call it, who is asked about it, and which namespaces have boundaries. */
final class Inside {
    private final List<CallerRule> callers = new ArrayList<>();
    private final List<IsolationRule> isolations = new ArrayList<>();
    private final List<Rewrite> rewrites = new ArrayList<>();
    private final List<ApiModel> others = new ArrayList<>();
    private final ApiModel api;
    private @Nullable AuthorizerRule authorizer;
    private List<PathPattern> paths = List.of();
    private List<String> hosts = List.of();
    private boolean parameters;

    Inside(Sketch sketch) {
        this.api = sketch.api();
    }

    Inside only(String endpoint, String... peers) {
        callers.add(new CallerRule(Endpoint.parse(endpoint), peers(peers), false, Sketch.LINE));
        return this;
    }

    Inside orEntering(String endpoint, String... peers) {
        callers.add(new CallerRule(Endpoint.parse(endpoint), peers(peers), true, Sketch.LINE));
        return this;
    }

    Inside everybody(String endpoint) {
        callers.add(CallerRule.everybody(Endpoint.parse(endpoint), Sketch.LINE));
        return this;
    }

    Inside isolated(String namespace, List<String> from, String... to) {
        List<Peer> let = from.stream().map(Peer::parse).toList();
        isolations.add(new IsolationRule(namespace, let, peers(to), Sketch.LINE));
        return this;
    }

    Inside asks(AuthorizerRule.Protocol protocol, String address, AuthorizerRule.@Nullable Body body) {
        boolean open = body != null;
        authorizer = new AuthorizerRule(
                protocol, URI.create(address), "", Duration.ofMillis(250), open, 403, body, Sketch.LINE);
        return this;
    }

    Inside rewritten(String from, String to) {
        rewrites.add(new Rewrite(PathPattern.parse(from), to, Sketch.LINE));
        return this;
    }

    Inside claims(String path) {
        paths = List.of(PathPattern.parse(path));
        return this;
    }

    Inside at(String host) {
        hosts = List.of(host);
        return this;
    }

    Inside withParameters() {
        parameters = true;
        return this;
    }

    Inside beside(Inside other) {
        others.add(other.api());
        return this;
    }

    private static List<Peer> peers(String... texts) {
        return Arrays.stream(texts).map(Peer::parse).toList();
    }

    ApiModel api() {
        callers.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        Entry entry = api.entry();
        Entry asked = new Entry(
                hosts.isEmpty() ? entry.hosts() : hosts,
                entry.access(),
                entry.routes(),
                rewrites,
                entry.headers(),
                parameters,
                paths,
                authorizer,
                null);
        Service service = api.service();
        Service called = new Service(
                service.name(),
                service.port(),
                service.labels(),
                service.versions(),
                service.split(),
                service.retry(),
                service.timeout(),
                service.traffic(),
                callers);
        return new ApiModel(api.name(), api.namespace(), asked, called, List.of(), api.origin());
    }

    MeshModel model() {
        List<ApiModel> apis = new ArrayList<>(others);
        apis.add(api());
        apis.sort(Comparator.comparing(ApiModel::id));
        return new MeshModel(apis, List.of(), isolations);
    }
}
