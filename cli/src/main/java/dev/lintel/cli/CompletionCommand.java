package dev.lintel.cli;

import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code lintel completion}: what a shell needs to complete our words. */
@Command(
        name = "completion",
        description =
                "Prints a script that completes commands and options: source <(lintel completion), in bash or zsh.",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private final Surroundings around;

    CompletionCommand(Surroundings around) {
        this.around = around;
    }

    @Override
    public Integer call() {
        CommandLine line = Lintel.commandLine(around);
        around.out().print(AutoComplete.bash("lintel", line));
        around.out().flush();
        return ExitCode.OK;
    }
}
