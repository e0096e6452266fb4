package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Names;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.MeshModel;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What cannot be said of a service elsewhere, each with the nearest thing that can. Nothing is checked less than it was said:
 * whatever an implementation would pass over in a certificate is refused.
 */
final class BackendRefusals {
    /** What is asked in front of a service elsewhere is decided here, whatever the mesh's own gateway could do. */
    static final String MESH_ACCESS = "elsewhere-access";

    private static final int MOST_NAMES = 5;

    private final GatewayApiDialect dialect;
    private final ApiModel api;
    private final List<Problem> found = new ArrayList<>();

    BackendRefusals(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /** By namespace and name of the service, the first API whose service of that name is elsewhere. */
    static Map<String, ApiModel> places(MeshModel model) {
        Map<String, ApiModel> places = new LinkedHashMap<>();
        for (ApiModel api : model.apis()) {
            if (api.service().traffic().elsewhere() != null) {
                places.putIfAbsent(place(api), api);
            }
        }
        return places;
    }

    private static String place(ApiModel api) {
        return api.namespace() + "/" + api.service().name();
    }

    /** What is refused, beside the {@link #places} of all APIs. */
    List<Problem> find(Map<String, ApiModel> places) {
        Elsewhere elsewhere = api.service().traffic().elsewhere();
        if (elsewhere == null || dialect.extension() == Extension.NONE) {
            return List.of();
        }
        Origin origin = elsewhere.origin();
        if (!dialect.supports(Features.HOST_REWRITE)) {
            refuse(
                    "feature",
                    "calls a service elsewhere by its own name, for which the implementation must support "
                            + Features.HOST_REWRITE,
                    "name what is supported: supportedFeatures(…)",
                    origin);
        }
        if (!isName(elsewhere.authority())) {
            refuse(
                    "elsewhere-authority",
                    "calls '" + elsewhere.authority() + "', but a route can name a host without port only",
                    "say authority(…) with a host name, or use Istio's own dialect",
                    origin);
        }
        if (dialect.extension() == Extension.ENVOY_GATEWAY) {
            envoy(elsewhere, places);
        } else if (api.entry().access().isRestricted()) {
            refuse(
                    MESH_ACCESS,
                    "asks for access at workloads, and a service elsewhere is none; at the gateway it could ask only behind"
                            + " routes that answer 400 to odd paths, which an HTTPRoute with Istio cannot",
                    "use Istio's own dialect or Envoy Gateway, which ask at the gateway, or let the far side ask for tokens",
                    api.origin());
        }
        return found;
    }

    private void envoy(Elsewhere elsewhere, Map<String, ApiModel> places) {
        Origin origin = elsewhere.origin();
        URI address = elsewhere.address();
        if (address == null) {
            refuse(
                    "elsewhere-address",
                    "needs to know where the service elsewhere is",
                    "say through(\"https://…\")",
                    origin);
        } else if (!FarBackends.isNumeric(address.getHost()) && !isName(address.getHost())) {
            refuse(
                    "elsewhere-address",
                    "cannot reach the service elsewhere at '" + address.getHost() + "'",
                    "say a host name in lower case, or an address of numbers",
                    origin);
        }
        if (elsewhere.connectTimeout() != null && !Durations.isWritable(elsewhere.connectTimeout())) {
            refuse(
                    "duration",
                    "gives a connection " + elsewhere.connectTimeout() + ", which is not a time in milliseconds",
                    "say it in whole milliseconds",
                    origin);
        }
        if (api.service().traffic().health() != null) {
            refuse(
                    "elsewhere-health",
                    "asks workloads whether they are well under the names of the gateway, not of a service elsewhere",
                    "leave it out: the breaker leaves out what fails",
                    api.service().traffic().health().origin());
        }
        // A Backend bears the name of the service, so a namespace has one.
        ApiModel before = places.getOrDefault(place(api), api);
        if (!before.id().equals(api.id())) {
            refuse(
                    "elsewhere-twice",
                    "names the service elsewhere '" + api.service().name() + "', as " + before.id() + " does",
                    "give it another name: service(\"…\")",
                    origin);
        }
        Elsewhere.Tls tls = elsewhere.tls();
        if (tls != null) {
            tls(tls, origin);
        }
    }

    private void tls(Elsewhere.Tls tls, Origin origin) {
        if (tls.certificate() != null || tls.key() != null) {
            refuse(
                    "elsewhere-certificate",
                    "shows one certificate of the gateway to every backend, and none of its own to this one",
                    "expose the API by an embedded gateway, or show none",
                    origin);
        }
        List<String> names = tls.subjectAltNames();
        if (!names.contains(tls.sni())) {
            refuse(
                    "elsewhere-names",
                    "takes a certificate for the server name '" + tls.sni() + "' too, although only " + names
                            + " are good",
                    "say a server name that is among the names of the certificate, or use Istio's own dialect",
                    origin);
        } else if (names.size() > 1 && !dialect.supports(Features.TLS_NAMES)) {
            refuse(
                    "feature",
                    "asks for one of several names in a certificate, for which the implementation must support "
                            + Features.TLS_NAMES,
                    "say one name, or name what is supported: supportedFeatures(…)",
                    origin);
        }
        if (names.size() > MOST_NAMES || !names.stream().allMatch(BackendRefusals::isName) || !isName(tls.sni())) {
            refuse(
                    "elsewhere-names",
                    "asks for at most " + MOST_NAMES + " host names in a certificate, but not for " + names,
                    "say fewer names, without '*'",
                    origin);
        }
    }

    private static boolean isName(String host) {
        return host.length() <= 253
                && host.matches("[a-z0-9]([-a-z0-9]*[a-z0-9])?(\\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*+")
                && !Names.isNumeric(host);
    }

    private void refuse(String code, String what, String hint, Origin origin) {
        String who = dialect.extension().words();
        found.add(new Problem("gateway-api." + code, api.id(), who + " " + what, hint, origin));
    }
}
