package dev.lintel.cli;

import dev.lintel.core.Definition;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.core.engine.World;
import dev.lintel.core.form.DefinitionFormat;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.plan.Plan;
import dev.lintel.embedded.FrontProxy;
import dev.lintel.embedded.Gateway;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** What {@code lintel graph serve} runs, and when it ends. */
final class GraphServer implements AutoCloseable {
    private static final int LIMIT = 16 << 20;
    private static final int LONGEST_END = 30;

    private final AutoCloseable running;
    private final int port;
    private final int probes;
    private final String served;
    private final CountDownLatch stopped = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    /** Where it listens, and how many seconds it goes on when it is told to end. */
    record Ports(InetAddress address, int requests, int probes, int drain) {}

    private GraphServer(AutoCloseable running, int port, int probes, String served) {
        this.running = running;
        this.port = port;
        this.probes = probes;
        this.served = served;
    }

    /** Graphs of definitions, behind the embedded gateway. */
    static GraphServer file(Surroundings around, String file, Map<String, URI> services, String domain, Ports ports) {
        String text = TextFiles.one(around, file, LIMIT);
        List<Definition> definitions =
                (file.endsWith(".json") ? DefinitionFormat.json() : DefinitionFormat.yaml()).readAll(text, file);
        List<ApiModel> apis = new ModelCompiler(Kinds.installed())
                .compile(definitions, new World(domain))
                .model()
                .apis();
        if (apis.isEmpty()) {
            Problem problem = new Problem(
                    "cli.file",
                    file,
                    "defines no API",
                    "say one: Api.graphql(…), in its stored form",
                    Origin.unknown());
            throw new ProblemsException("the definitions", List.of(problem));
        }
        known(apis, services);
        Gateway gateway = Gateway.start(settings -> settings.domain(domain)
                .address(ports.address())
                .port(ports.requests())
                .stopTimeout(Duration.ofSeconds(10)));
        try {
            apis.forEach(api -> bind(gateway, api, services));
            Plan plan = gateway.plan(definitions);
            if (!plan.problems().isEmpty()) {
                throw new ProblemsException("the definitions", plan.problems());
            }
            var unusedApplied = gateway.apply(plan);
            ReadyGateway ready = ReadyGateway.start(gateway, ports);
            String hosts = apis.stream()
                    .flatMap(api -> api.entry().hosts().stream())
                    .sorted()
                    .distinct()
                    .collect(Collectors.joining(", "));
            return new GraphServer(ready, gateway.port(), ready.port(), hosts);
        } catch (RuntimeException | IOException e) {
            gateway.close();
            throw e instanceof RuntimeException mine ? mine : new UncheckedIOException((IOException) e);
        }
    }

    private static List<ServiceRef> called(ApiModel api) {
        FrontRule rule = api.front();
        return rule == null ? List.of(ServiceRef.service(api.service().name())) : rule.services();
    }

    private static void known(List<ApiModel> apis, Map<String, URI> services) {
        List<String> names = apis.stream()
                .flatMap(api -> called(api).stream())
                .map(ServiceRef::name)
                .distinct()
                .toList();
        for (String name : services.keySet()) {
            if (!names.contains(name)) {
                throw new UsageException("--service names '" + name + "', which is none of " + names);
            }
        }
    }

    private static void bind(Gateway gateway, ApiModel api, Map<String, URI> services) {
        for (ServiceRef service : called(api)) {
            URI said = services.get(service.name());
            gateway.workload(
                    service.name() + "." + api.namespace(),
                    said == null ? URI.create("http://" + service.name() + ":" + service.port()) : said);
        }
    }

    /** One graph of a folder, beside a sidecar. */
    static GraphServer front(Surroundings around, String folder, Map<String, URI> services, URI sidecar, Ports ports) {
        FrontFolder front = FrontFolder.read(around.folder().resolve(folder));
        try {
            FrontProxy proxy = FrontProxy.start(new FrontProxy.Settings(
                    front.api(),
                    front.rule(),
                    ports.address(),
                    ports.requests(),
                    ports.probes(),
                    sidecar,
                    new TreeMap<>(services),
                    Duration.ofSeconds(ports.drain())));
            return new GraphServer(proxy, proxy.port(), proxy.probes(), front.api());
        } catch (IllegalArgumentException e) {
            throw new ProblemsException(
                    "the folder of the front",
                    List.of(new Problem(
                            "cli.front",
                            front.api(),
                            String.valueOf(e.getMessage()),
                            "deploy it again by the version of Lintel that serves it",
                            Origin.unknown())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The hosts at which it is asked, or the API that it serves. */
    String served() {
        return served;
    }

    int port() {
        return port;
    }

    int probes() {
        return probes;
    }

    /** Waits until the process is told to end, or this thread is. */
    void untilStopped() {
        Thread hook = new Thread(this::stop, "stop");
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            stopped.await();
        } catch (InterruptedException e) {
            boolean unusedThere = Runtime.getRuntime().removeShutdownHook(hook);
        }
    }

    /** The process goes on until everything has ended, but not for ever. */
    private void stop() {
        stopped.countDown();
        try {
            boolean unusedInTime = ended.await(LONGEST_END, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        try {
            running.close();
        } catch (Exception e) {
            throw new IllegalStateException("did not end: " + e.getMessage(), e);
        } finally {
            ended.countDown();
        }
    }
}
