package dev.lintel.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Options of a target that say how it is written, which a command that writes nothing takes without a word about them. */
final class ForApply {
    private static final List<String> OPTIONS = List.of(
            "--with-lines", "--on-conflict", "--wait", "--ask-istiod", "--journal-namespace", "--as", "--revision");

    private ForApply() {}

    /** Leaves them out of the help of a command; whoever has them in a file of options for all commands may keep them. */
    static void hide(CommandSpec command) {
        for (String name : OPTIONS) {
            OptionSpec option = command.findOption(name);
            command.remove(option);
            var unusedAdded =
                    command.addOption(OptionSpec.builder(option).hidden(true).build());
        }
    }
}
