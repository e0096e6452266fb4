package dev.lintel.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** The command {@code lintel}, which does nothing by itself: its commands do. */
@Command(
        name = "lintel",
        description = "Exposes, secures and steers APIs by definitions.",
        mixinStandardHelpOptions = true,
        versionProvider = Lintel.Version.class,
        synopsisSubcommandLabel = "COMMAND",
        footer = {
            "",
            "Options may stand in a file, one on a line, which is named as @FILE.",
            "Exit codes: 0 done or nothing to do, 1 problems, 2 changes, 64 usage, 69 no answer or cut off, 77 no rights."
        })
public final class Lintel implements Runnable {
    private Lintel() {}

    /**
     * Runs the command line. It never ends the process.
     *
     * @param around the streams, the folder and the variables
     * @param arguments as {@code lintel --help} tells them
     * @return the exit code: 0 done or nothing to do, 1 problems, 2 changes, 64 a wrong command line, 69 no answer of the
     *     cluster, 70 a mistake of ours, 77 no rights
     */
    public static int run(Surroundings around, String... arguments) {
        return commandLine(around).execute(arguments);
    }

    static CommandLine commandLine(Surroundings around) {
        CommandLine explain = new CommandLine(new ExplainCommand(around));
        ForApply.hide(explain.getCommandSpec());
        CommandLine line = new CommandLine(new Lintel())
                .addSubcommand(new PlanCommand(around))
                .addSubcommand(new ApplyCommand(around))
                .addSubcommand(new PreflightCommand(around))
                .addSubcommand(new DiffCommand(around))
                .addSubcommand(new RollbackCommand(around))
                .addSubcommand(explain)
                .addSubcommand(new ImportCommand(around))
                .addSubcommand(new CheckCommand(around))
                .addSubcommand(new RightsCommand(around))
                .addSubcommand(GraphCommand.commandLine(around))
                .addSubcommand(new CompletionCommand(around));
        ColorScheme scheme =
                CommandLine.Help.defaultColorScheme(Screen.colours(around, Screen.Colours.AUTO) ? Ansi.ON : Ansi.OFF);
        return line.setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
                .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
                .setColorScheme(scheme)
                .setUsageHelpAutoWidth(false)
                .setUsageHelpWidth(100)
                .setExpandAtFiles(true)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOverwrittenOptionsAllowed(false)
                .setParameterExceptionHandler(Lintel::wrongUsage)
                .setExecutionExceptionHandler(Lintel::stopped);
    }

    private static int stopped(Exception e, CommandLine line, CommandLine.ParseResult parsed) throws Exception {
        if (e instanceof UsageException) {
            return wrongUsage(new ParameterException(line, String.valueOf(e.getMessage())), new String[0]);
        }
        throw e;
    }

    private static int wrongUsage(ParameterException wrong, String[] arguments) {
        CommandLine line = wrong.getCommandLine();
        PrintWriter err = line.getErr();
        err.println("lintel: " + wrong.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(wrong, err)) {
            err.println("'" + line.getCommandSpec().qualifiedName() + " --help' says what there is");
        }
        err.flush();
        return ExitCode.USAGE;
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new UsageException("say which command");
    }

    /** As it stands in the manifest of the jar. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Lintel.class.getPackage().getImplementationVersion();
            return new String[] {"lintel " + (version == null ? "(not packaged)" : version)};
        }
    }
}
