package dev.lintel.cli;

import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.gatewayapi.Extension;
import dev.lintel.mesh.gatewayapi.GatewayApiDialect;
import dev.lintel.mesh.gatewayapi.GatewayApiVersion;
import dev.lintel.mesh.gatewayapi.SharedGateway;
import dev.lintel.mesh.istio.IngressGateway;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.mesh.istio.IstioVersion;
import dev.lintel.mesh.kyma.KymaDialect;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a world says what definitions mean. An option that the dialect does not have is refused, and never passed over. */
final class DialectOptions {
    @Option(
            names = "--dialect",
            paramLabel = "DIALECT",
            description = "What is written and read: istio, gateway-api or kyma (default: istio).")
    private Name name = Name.ISTIO;

    @Option(
            names = "--domain",
            paramLabel = "DOMAIN",
            description = "Hosts are {api}.{namespace}.DOMAIN (default: localhost).")
    private @Nullable String domain;

    @Option(
            names = "--dialect-version",
            paramLabel = "VERSION",
            description =
                    "The line of Istio, as 1.31 (istio, kyma), or the release of Gateway API, as 1.6 (gateway-api);"
                            + " the newest known unless said.")
    private @Nullable String version;

    @Option(
            names = "--gateway",
            paramLabel = "NAMESPACE/NAME",
            description = "Where requests enter: the gateway (gateway-api, kyma), or the service account of the ingress"
                    + " gateway (istio).")
    private @Nullable String gateway;

    @Option(
            names = "--gateway-label",
            paramLabel = "NAME=VALUE",
            description = "Selects the pods of the ingress gateway (istio).")
    private @Nullable String gatewayLabel;

    @Option(
            names = "--https",
            paramLabel = "SECRET",
            description =
                    "The gateway serves HTTPS on port 443 with this secret, {namespace} standing for that of an API"
                            + " (istio, gateway-api).")
    private @Nullable String https;

    @Option(
            names = "--trust-domain",
            paramLabel = "DOMAIN",
            description = "The first part of identities in the mesh (istio, gateway-api).")
    private @Nullable String trustDomain;

    @Option(
            names = "--root-namespace",
            paramLabel = "NAME",
            description = "Whose policies are for every namespace (istio, gateway-api).")
    private @Nullable String rootNamespace;

    @Option(names = "--control-plane", paramLabel = "NAME", description = "The namespace of istiod (istio).")
    private @Nullable String controlPlane;

    @Option(
            names = "--front-image",
            paramLabel = "IMAGE",
            description = "Runs the proxies of APIs that Lintel serves itself (istio).")
    private @Nullable String frontImage;

    @Option(names = "--ambient", description = "The mesh has waypoints in place of sidecars (istio).")
    private boolean ambient;

    @Option(names = "--gateway-class", paramLabel = "NAME", description = "The class of the gateway (gateway-api).")
    private @Nullable String gatewayClass;

    @Option(
            names = "--extension",
            paramLabel = "EXTENSION",
            description = "Who implements Gateway API: none, istio or envoy-gateway (gateway-api).")
    private @Nullable Implementation extension;

    @Option(names = "--only-api-rules", description = "Refuses what an APIRule cannot say (kyma).")
    private boolean onlyApiRules;

    /** Who implements Gateway API. */
    enum Implementation {
        NONE,
        ISTIO,
        ENVOY_GATEWAY;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** The dialects that there are. */
    enum Name {
        ISTIO,
        GATEWAY_API,
        KYMA;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * The dialect that was said.
     *
     * @throws UsageException if it does not have what else was said, or refuses a value
     */
    Dialect dialect() {
        try {
            return switch (name) {
                case ISTIO -> istio();
                case GATEWAY_API -> gatewayApi();
                case KYMA -> kyma();
            };
        } catch (IllegalArgumentException e) {
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Dialect istio() {
        without("--gateway-class", gatewayClass);
        without("--extension", extension);
        without("--only-api-rules", onlyApiRules ? "" : null);
        IngressGateway ingress = IngressGateway.standard();
        if (gateway != null) {
            List<String> parts = parts("--gateway", gateway, '/');
            ingress = ingress.at(parts.get(0), parts.get(1));
        }
        if (gatewayLabel != null) {
            List<String> parts = parts("--gateway-label", gatewayLabel, '=');
            ingress = ingress.selectedBy(parts.get(0), parts.get(1));
        }
        if (https != null) {
            ingress = ingress.https(443, https);
        }
        IstioDialect dialect = IstioDialect.istio().ingress(ingress);
        dialect = domain == null ? dialect : dialect.domain(domain);
        dialect = version == null ? dialect : dialect.version(line(version));
        dialect = trustDomain == null ? dialect : dialect.trustDomain(trustDomain);
        dialect = rootNamespace == null ? dialect : dialect.rootNamespace(rootNamespace);
        dialect = controlPlane == null ? dialect : dialect.controlPlane(controlPlane);
        dialect = frontImage == null ? dialect : dialect.frontImage(frontImage);
        return ambient ? dialect.ambient() : dialect;
    }

    private Dialect gatewayApi() {
        without("--gateway-label", gatewayLabel);
        without("--control-plane", controlPlane);
        without("--front-image", frontImage);
        without("--ambient", ambient ? "" : null);
        without("--only-api-rules", onlyApiRules ? "" : null);
        SharedGateway shared = SharedGateway.standard();
        if (gateway != null) {
            List<String> parts = parts("--gateway", gateway, '/');
            shared = new SharedGateway(parts.get(0), parts.get(1), shared.port(), null, null);
        }
        if (https != null) {
            shared = shared.https(443, https);
        }
        GatewayApiDialect dialect = GatewayApiDialect.gatewayApi().gateway(shared);
        dialect = domain == null ? dialect : dialect.domain(domain);
        dialect = version == null
                ? dialect
                : dialect.version(one("--dialect-version", version, GatewayApiVersion.values()));
        dialect = gatewayClass == null ? dialect : dialect.gatewayClass(gatewayClass);
        dialect = extension == null ? dialect : dialect.extension(Extension.valueOf(extension.name()));
        dialect = trustDomain == null ? dialect : dialect.trustDomain(trustDomain);
        return rootNamespace == null ? dialect : dialect.rootNamespace(rootNamespace);
    }

    /** What is looked at before, as the mesh is said to be installed. */
    Preflight preflight() {
        Preflight preflight = Preflight.preflight();
        String namespace = controlPlane == null ? rootNamespace : controlPlane;
        return namespace == null ? preflight : preflight.rootNamespace(namespace);
    }

    private Dialect kyma() {
        without("--gateway-label", gatewayLabel);
        without("--https", https);
        without("--trust-domain", trustDomain);
        without("--root-namespace", rootNamespace);
        without("--front-image", frontImage);
        without("--control-plane", controlPlane);
        without("--ambient", ambient ? "" : null);
        without("--gateway-class", gatewayClass);
        without("--extension", extension);
        KymaDialect dialect = KymaDialect.kyma();
        dialect = domain == null ? dialect : dialect.domain(domain);
        dialect = version == null ? dialect : dialect.version(line(version));
        dialect = gateway == null ? dialect : dialect.gateway(gateway);
        return onlyApiRules ? dialect.onlyApiRules() : dialect;
    }

    private IstioVersion line(String text) {
        return one("--dialect-version", text, IstioVersion.values());
    }

    private <E extends Enum<E>> E one(String option, String text, E[] all) {
        return Arrays.stream(all)
                .filter(each -> each.toString().equals(text))
                .findFirst()
                .orElseThrow(
                        () -> usage(option + " must be one of " + Arrays.toString(all) + ", but was '" + text + "'"));
    }

    private List<String> parts(String option, String text, char between) {
        int at = text.indexOf(between);
        if (at < 1 || at == text.length() - 1) {
            throw usage(option + " must have a '" + between + "' in it, but was '" + text + "'");
        }
        return List.of(text.substring(0, at), text.substring(at + 1));
    }

    private void without(String option, @Nullable Object value) {
        if (value != null) {
            throw usage(option + " is nothing that " + name + " has");
        }
    }

    private UsageException usage(String message) {
        return new UsageException(message);
    }
}
