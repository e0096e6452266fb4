package dev.lintel.cli;

import dev.lintel.mesh.Mesh;
import dev.lintel.mesh.target.GatewayPath;
import dev.lintel.mesh.verify.Probes;
import java.net.URI;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether it is asked through a gateway what is in force, after something was written. */
final class VerifyOption {
    @Option(
            names = "--verify",
            paramLabel = "URL",
            description =
                    "Asks through the gateway at this address, as http://10.0.0.7, whether it is in force, by requests that"
                            + " are to be refused; an apply that is not goes back.")
    private @Nullable URI gateway;

    /**
     * What makes a backend look.
     *
     * @param directory whether nobody serves from where it is written
     * @param told gets each line
     * @throws UsageException if nobody could be asked there
     */
    UnaryOperator<Mesh> verified(boolean directory, Consumer<String> told) {
        if (gateway == null) {
            return mesh -> mesh;
        }
        if (directory) {
            throw new UsageException("--verify asks a gateway, and nobody serves from a directory");
        }
        try {
            Probes probes = Probes.through(GatewayPath.at(gateway)).telling(told);
            return mesh -> mesh.verifiedBy(probes);
        } catch (IllegalArgumentException e) {
            throw new UsageException("--verify: " + e.getMessage());
        }
    }
}
