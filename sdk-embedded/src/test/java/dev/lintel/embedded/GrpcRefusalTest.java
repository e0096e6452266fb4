package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.Problem;
import dev.lintel.core.policy.Grpc;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A gateway that speaks HTTP/1.1 does not promise gRPC. */
class GrpcRefusalTest {
    @Test
    void aServiceThatSpeaksGrpcIsRefused() {
        try (Gateway gateway = Gateway.start()) {
            gateway.workload("orders.shop", URI.create("http://127.0.0.1:1"));
            List<Problem> problems =
                    gateway.plan(Said.orders().with(new Grpc()).define()).problems();

            assertThat(problems).extracting(Problem::code).containsExactly("embedded.grpc");
            assertThat(problems.get(0).render()).contains("HTTP/1.1 only", "plan for a mesh", "GrpcRefusalTest.java:");
        }
    }
}
