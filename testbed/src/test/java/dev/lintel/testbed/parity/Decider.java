package dev.lintel.testbed.parity;

import dev.lintel.extauthz.AuthorizerBridge;
import dev.lintel.testbed.plane.Authorizer;
import dev.lintel.testbed.plane.Plane;
import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A real OPA behind our bridge, which the mesh and the gateway of this JVM ask alike. */
final class Decider implements AutoCloseable {
    private static final String POLICY = """
            package envoy.authz

            default allow := {"allowed": false}

            request := input.attributes.request.http

            allow := {"allowed": true} if request.path in {"/open", "/token"}

            allow := {"allowed": true} if {
                startswith(request.path, "/role")
                request.headers["x-role"] == "admin"
            }

            allow := {"allowed": true} if {
                request.path == "/read"
                request.method in {"GET", "HEAD"}
            }

            allow := {"allowed": false, "http_status": 429} if request.path == "/later"

            allow := {
                "allowed": true,
                "headers": {"x-decided": "opa"},
                "request_headers_to_remove": ["x-secret"],
                "response_headers_to_add": {"x-answered": "opa"},
            } if request.path == "/marked"
            """;

    private final Path policy;
    private final OpaServer opa;
    private final AuthorizerBridge mesh;
    private final AuthorizerBridge local;

    private Decider(Path policy, OpaServer opa, AuthorizerBridge mesh, AuthorizerBridge local) {
        this.policy = policy;
        this.opa = opa;
        this.mesh = mesh;
        this.local = local;
    }

    static Decider start(Plane plane) {
        try {
            Path policy = Files.writeString(Files.createTempFile("lintel-parity-", ".rego"), POLICY);
            OpaServer opa = OpaServer.start(Opa.binary().orElseThrow(), List.of(policy.toString()));
            InetAddress machine = InetAddress.getByName(plane.machine());
            AuthorizerBridge mesh = AuthorizerBridge.start(b -> b.opa(opa.uri())
                    .timeout(Duration.ofSeconds(5))
                    .address(machine)
                    .port(0));
            AuthorizerBridge local = AuthorizerBridge.start(
                    b -> b.opa(opa.uri()).timeout(Duration.ofSeconds(5)).port(0));
            Authorizer.SHARED.serve(plane, mesh.port());
            return new Decider(policy, opa, mesh, local);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A definition in its stored form, as the gateway of this JVM is told it: no name server of its knows the mesh's names. */
    String here(String definition) {
        return definition.replace(Authorizer.SHARED.address(), "grpc://127.0.0.1:" + local.port());
    }

    @Override
    public void close() {
        local.close();
        mesh.close();
        opa.close();
        try {
            Files.delete(policy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
