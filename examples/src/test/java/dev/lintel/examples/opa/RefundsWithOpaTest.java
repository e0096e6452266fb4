package dev.lintel.examples.opa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.lintel.testkit.Opa;
import dev.lintel.testkit.OpaServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The example runs with a real OPA, and tells what it should. */
@Timeout(600)
class RefundsWithOpaTest {
    @Test
    void opaDecidesAndItsNextBundleAtOnce() throws Exception {
        Optional<Path> binary = Opa.binary();
        assumeTrue(binary.isPresent(), "there is no Go of which OPA could be built");
        ByteArrayOutputStream told = new ByteArrayOutputStream();
        List<OpaServer> started = new ArrayList<>();
        try {
            RefundsWithOpa.run(new PrintStream(told, true, StandardCharsets.UTF_8), config -> {
                started.add(OpaServer.start(binary.get(), List.of("--config-file=" + config)));
                return started.get(0).uri();
            });
        } finally {
            started.forEach(OpaServer::close);
        }

        assertThat(told.toString(StandardCharsets.UTF_8)).isEqualToNormalizingNewlines("""
                == The limit is 100
                  a refund of 40: 200 refunded, checked by opa
                  a refund of 400: 403 a person must do this
                == The limit is 500
                  a refund of 400: 200 refunded, checked by opa
                  a refund of 4000: 403 a person must do this
                """);
    }
}
