package dev.lintel.testbed.plane;

import static dev.lintel.auth.opa.ExtAuthz.extAuthz;
import static dev.lintel.mesh.istio.IstioDialect.istio;

import dev.lintel.auth.opa.ExtAuthz;
import dev.lintel.core.engine.Kinds;
import dev.lintel.core.engine.ModelCompiler;
import dev.lintel.mesh.istio.IstioDialect;
import dev.lintel.sdk.Api;
import java.time.Duration;
import java.util.List;

/**
 * An external authorizer of a data plane: a Service of the mesh that leads to this machine.
 *
 * @param name of the Service
 * @param namespace where it is
 */
public record Authorizer(String name, String namespace) {
    /** The one that the shared mesh knows. */
    public static final Authorizer SHARED = new Authorizer("opa", "authorizers");

    private static final int PORT = 9191;

    /** How it is asked; with the patience of a machine that has much to do. */
    public ExtAuthz asked() {
        return extAuthz(address()).timeout(Duration.ofSeconds(5));
    }

    /** The address by which a mesh asks it. */
    public String address() {
        return "grpc://" + name + "." + namespace + ":" + PORT;
    }

    /** What a plan says that the mesh must know, as lines of the mesh config. */
    public String mesh() {
        IstioDialect dialect = istio().domain("example.com");
        var model = new ModelCompiler(Kinds.installed())
                .compile(
                        List.of(Api.expose("any")
                                .inNamespace(namespace)
                                .withAuthorizer(asked())
                                .define()),
                        dialect.world())
                .model();
        String hint = dialect.write(model).prerequisites().stream()
                .filter(each -> each.code().equals("istio.extension-provider"))
                .findFirst()
                .orElseThrow()
                .hint();
        return hint.substring(hint.indexOf("extensionProviders:")) + "\n";
    }

    /** Leads its Service to a port of this machine. */
    public void serve(Plane plane, int port) {
        plane.cluster().namespace(namespace);
        plane.cluster().client().apply("/api/v1/namespaces/" + namespace + "/services/" + name, """
                {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "%s"}, "spec": {
                 "ports": [{"name": "grpc", "port": %d, "targetPort": %d}]}}
                """.formatted(
                        name, PORT, port));
        plane.cluster()
                .client()
                .apply("/apis/discovery.k8s.io/v1/namespaces/" + namespace + "/endpointslices/" + name, """
                {"apiVersion": "discovery.k8s.io/v1", "kind": "EndpointSlice", "metadata": {"name": "%1$s",
                 "labels": {"kubernetes.io/service-name": "%1$s"}}, "addressType": "IPv4",
                 "ports": [{"name": "grpc", "port": %2$d, "protocol": "TCP"}],
                 "endpoints": [{"addresses": ["%3$s"], "conditions": {"ready": true}}]}
                """.formatted(
                                name, port, plane.machine()));
    }
}
