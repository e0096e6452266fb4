package dev.lintel.cli;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code lintel graph serve}: serves graphs until the process is told to end. */
@Command(
        name = "serve",
        description = {
            "Serves graphs until the process is told to end (SIGTERM): those of a file of definitions (--file), whose tokens it"
                    + " checks itself; or beside the sidecar of a mesh that checks them, one of a folder that Lintel has"
                    + " deployed (--front).",
            "GET /ready of the second port says whether requests are taken, GET /live that it runs."
        },
        mixinStandardHelpOptions = true)
final class GraphServeCommand implements Callable<Integer> {
    @Option(names = "--file", paramLabel = "PATH", description = "Definitions in the stored form, YAML or JSON.")
    private @Nullable String file;

    @Option(names = "--front", paramLabel = "FOLDER", description = "What Lintel has deployed for the proxy of a mesh.")
    private @Nullable String front;

    @Option(
            names = "--service",
            paramLabel = "NAME=URL",
            description =
                    "Where a service is; unless said at http://NAME:PORT (--file), or where the cluster has it (--front).")
    private Map<String, URI> services = new LinkedHashMap<>();

    @Option(names = "--port", paramLabel = "PORT", description = "Takes requests (default: ${DEFAULT-VALUE}).")
    private int port = 8080;

    @Option(names = "--probes", paramLabel = "PORT", description = "Answers probes (default: ${DEFAULT-VALUE}).")
    private int probes = 8081;

    @Option(
            names = "--address",
            paramLabel = "ADDRESS",
            description = "Where it listens (default: ${DEFAULT-VALUE}, all addresses).")
    private String address = "0.0.0.0";

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Hosts are {api}.{namespace}.DOMAIN (--file; default: localhost).")
    private String domain = "localhost";

    @Option(
            names = "--sidecar",
            paramLabel = "URL",
            description = "Answers 200 if there is a sidecar (--front; default: ${DEFAULT-VALUE}).")
    private URI sidecar = URI.create("http://127.0.0.1:15000/ready");

    @Option(
            names = "--drain",
            paramLabel = "SECONDS",
            description = "How long requests are taken after it is told to end (default: ${DEFAULT-VALUE}).")
    private int drain = 5;

    @Mixin
    private final Screen screen;

    private final Surroundings around;

    GraphServeCommand(Surroundings around) {
        this.around = around;
        this.screen = new Screen(around);
    }

    @Override
    public Integer call() {
        return screen.guard("graph serve", () -> {
            if ((file == null) == (front == null)) {
                throw new UsageException("say --file with definitions, or --front with a folder");
            }
            GraphServer.Ports ports = new GraphServer.Ports(listens(), port, probes, drain);
            try (GraphServer server = file != null
                    ? GraphServer.file(around, file, services, domain, ports)
                    : GraphServer.front(around, String.valueOf(front), services, sidecar, ports)) {
                screen.note("serves " + server.served() + " at port " + server.port() + ", answers probes at port "
                        + server.probes());
                server.untilStopped();
                return ExitCode.OK;
            }
        });
    }

    private InetAddress listens() {
        try {
            return InetAddress.getByName(address);
        } catch (UnknownHostException e) {
            throw new UsageException("--address is no address of this machine: " + address);
        }
    }
}
