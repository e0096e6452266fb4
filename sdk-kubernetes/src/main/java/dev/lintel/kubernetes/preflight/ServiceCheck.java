package dev.lintel.kubernetes.preflight;

import dev.lintel.kubernetes.preflight.Live.Unread;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Services to which routes go, and whether the mesh knows what they speak.
 *
 * @see <a href="https://istio.io/latest/docs/ops/configuration/traffic-management/protocol-selection/">Istio, Protocol
 *     Selection</a>
 */
final class ServiceCheck {
    private static final Set<String> HTTP = Set.of("http", "http2", "grpc", "grpc-web", "kubernetes.io/h2c");
    private static final Set<String> OTHERS = Set.of("https", "tcp", "tls", "udp", "mongo", "mysql", "redis");

    private final Live live;
    private final Findings findings;

    ServiceCheck(Live live, Findings findings) {
        this.live = live;
        this.findings = findings;
    }

    void check(ClusterNeeds needs) {
        for (ClusterNeeds.Port port : needs.ports) {
            try {
                Optional<Map<?, ?>> service = live.all(Live.services(port.namespace())).stream()
                        .filter(each -> Docs.name(each).equals(port.service()))
                        .findFirst();
                if (service.isEmpty()) {
                    findings.problem(
                            "no-service",
                            port.by(),
                            "goes to the Service '" + port.namespace() + "/" + port.service() + "', which is not there",
                            "create it, or name another one");
                } else {
                    service(port, service.get());
                }
            } catch (Unread told) {
                // What could not be read has been told.
            }
        }
    }

    private void service(ClusterNeeds.Port asked, Map<?, ?> service) {
        String id = "Service " + asked.namespace() + "/" + asked.service();
        if (Docs.text(service, "spec", "type").equals("ExternalName")) {
            findings.problem(
                    "external-name",
                    id,
                    "is an ExternalName, and " + asked.by()
                            + " goes to it: it has no workloads in front of which anything" + " is enforced",
                    "say the service elsewhere, by its own name");
            return;
        }
        if (Docs.text(service, "spec", "clusterIP").equals("None")) {
            findings.warning(
                    "headless",
                    id,
                    "is headless: callers inside choose a Pod by its address, and shares of versions are not kept for them",
                    "give it a cluster IP");
        }
        List<Map<?, ?>> ports = Docs.maps(service, "spec", "ports");
        Optional<Map<?, ?>> port = ports.stream()
                .filter(each -> asked.number().isEmpty()
                        ? ports.size() == 1
                        : Docs.text(each, "port").equals(asked.number()))
                .findFirst();
        if (port.isEmpty()) {
            findings.problem(
                    "no-port",
                    id,
                    asked.by() + " goes to port " + (asked.number().isEmpty() ? "(none is said)" : asked.number())
                            + ", and it has "
                            + ports.stream()
                                    .map(each -> Docs.text(each, "port"))
                                    .toList(),
                    "say one of these, or add the port");
            return;
        }
        protocol(id, port.get());
    }

    private void protocol(String id, Map<?, ?> port) {
        String said = Docs.text(port, "appProtocol").toLowerCase(Locale.ROOT);
        String name = Docs.text(port, "name").toLowerCase(Locale.ROOT);
        String first = name.startsWith("grpc-web") ? "grpc-web" : name.split("-", -1)[0];
        String protocol = said.isEmpty() ? first : said;
        String where = "port " + Docs.text(port, "port");
        if (OTHERS.contains(protocol)) {
            findings.problem(
                    "port-protocol",
                    id,
                    where + " says '" + protocol + "': what is asked of HTTP there is never met",
                    "set appProtocol: http at the port, or name it 'http'");
        } else if (!HTTP.contains(protocol)) {
            findings.warning(
                    "port-protocol",
                    id,
                    where + " is named '" + name + "', which says no protocol: what it speaks is guessed",
                    "set appProtocol: http at the port, or name it 'http'");
        }
    }
}
