package dev.lintel.testbed.parity;

import dev.lintel.core.Definition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.Gateway;
import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Caller;
import dev.lintel.testbed.plane.Reply;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The gateway of this JVM over real connections: callers are those of the mesh, services listen on the loopback. */
final class EmbeddedWorld implements Asked, AutoCloseable {
    private final Gateway gateway;
    private final Caller caller;
    private final TokenSpec.Issuers issuers;
    private final Map<String, HttpClient> inside = new ConcurrentHashMap<>();

    EmbeddedWorld(Caller caller, TokenSpec.Issuers issuers) {
        this.gateway = Gateway.start(settings -> settings.domain("example.com"));
        this.caller = caller;
        this.issuers = issuers;
    }

    /** Puts definitions into force; services by version are at these addresses. */
    void apply(List<Definition> definitions, Map<String, URI> services) {
        Plan plan = gateway.plan(definitions);
        for (ApiModel api : plan.desired().apis()) {
            String service = api.service().name() + "." + api.namespace();
            if (api.service().versions().isEmpty()) {
                gateway.workload(service, services.get("v1"));
            }
            api.service()
                    .versions()
                    .forEach(version -> gateway.workload(service, version.name(), services.get(version.name())));
        }
        var unusedApplied = gateway.apply(gateway.plan(definitions).allowWidening("the cases say so"));
    }

    @Override
    public String answer(Ask ask) {
        return Answers.of(
                ask, ask.isInside() ? called(ask) : caller.send(ask.call("127.0.0.1:" + gateway.port(), issuers)));
    }

    /** By mutual TLS, as a workload. */
    private Reply called(Ask ask) {
        HttpClient client = inside.computeIfAbsent(
                ask.from(), name -> gateway.identity(name).httpClient());
        Call call = ask.call("", issuers);
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create("https://" + ask.authority() + ask.target()))
                .method(ask.method(), HttpRequest.BodyPublishers.noBody());
        call.headers().stream()
                .filter(header -> !header.get(0).equals("host"))
                .forEach(header -> request.header(header.get(0), header.get(1)));
        try {
            HttpResponse<String> answer = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return new Reply(answer.statusCode(), new HashMap<>(answer.headers().map()), answer.body(), "");
        } catch (IOException e) {
            return new Reply(0, Map.of(), "", String.valueOf(e));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        gateway.close();
    }
}
