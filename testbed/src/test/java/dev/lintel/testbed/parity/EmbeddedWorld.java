package dev.lintel.testbed.parity;

import dev.lintel.core.Definition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.EgressProxy;
import dev.lintel.embedded.Gateway;
import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Caller;
import dev.lintel.testbed.plane.Origin;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testbed.plane.Reply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** The gateway of this JVM over real connections: callers are those of the mesh, services listen on the loopback. */
final class EmbeddedWorld implements Asked, Exit.World, AutoCloseable {
    private final Gateway gateway;
    private final Caller caller;
    private final TokenSpec.Issuers issuers;
    private final Function<String, Optional<InetAddress>> addresses;
    private final Map<String, Origin> origins;
    private final Map<String, HttpClient> inside = new ConcurrentHashMap<>();

    /** Origins by their hosts, whose names the data plane knows. */
    EmbeddedWorld(Plane plane, TokenSpec.Issuers issuers, Map<String, Origin> origins) {
        this.gateway = Gateway.start(settings -> settings.domain("example.com"));
        this.addresses = plane::find;
        this.origins = origins;
        this.caller = plane.outside();
        this.issuers = issuers;
    }

    /** Puts definitions into force; services by version are at these addresses. */
    void apply(List<Definition> definitions, Map<String, URI> services) {
        Plan plan = gateway.plan(definitions);
        for (ApiModel api : plan.desired().apis()) {
            String service = api.service().name() + "." + api.namespace();
            if (api.service().traffic().balance() != null) {
                gateway.workload(service, services.get("v1"), services.get("v2"));
            } else if (api.service().versions().isEmpty()) {
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

    /** By the way out of the application. */
    @Override
    public String leaves(Exit exit) {
        String host = exit.to().getHost();
        try (EgressProxy proxy = gateway.egress(
                exit.from(),
                s -> s.resolver(
                        name -> List.of(addresses.apply(name).orElseThrow(() -> new UnknownHostException(name)))))) {
            int status = HttpClient.newBuilder()
                    .proxy(proxy.proxySelector())
                    .sslContext(Objects.requireNonNull(origins.get(host), host).trusting())
                    .build()
                    .send(
                            HttpRequest.newBuilder(exit.to().resolve("/")).build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
            return status == 200 ? Exit.OUT : Exit.REFUSED;
        } catch (IOException e) {
            // A tunnel that is refused is no answer to this client.
            return Exit.REFUSED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
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
