package dev.lintel.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lintel graph}: OpenAPI documents as graphs, looked at, compared and served. */
@Command(
        name = "graph",
        description = "Makes GraphQL schemas of OpenAPI documents, compares them, and serves graphs.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class GraphCommand implements Runnable {
    private GraphCommand() {}

    static CommandLine commandLine(Surroundings around) {
        return new CommandLine(new GraphCommand())
                .addSubcommand(new GraphSchemaCommand(around))
                .addSubcommand(new GraphLossesCommand(around))
                .addSubcommand(new GraphLockCommand(around))
                .addSubcommand(new GraphDiffCommand(around))
                .addSubcommand(new GraphServeCommand(around));
    }

    @Override
    public void run() {
        throw new UsageException("say what to do with a graph: schema, losses, lock, diff or serve");
    }
}
