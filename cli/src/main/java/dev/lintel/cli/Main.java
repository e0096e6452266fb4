package dev.lintel.cli;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** The program {@code lintel}: the one place that knows the process. */
public final class Main {
    private Main() {}

    /**
     * Runs it, and ends the process with its exit code.
     *
     * @param arguments as {@code lintel --help} tells them
     */
    @SuppressWarnings("SystemConsoleNull")
    public static void main(String[] arguments) {
        // From 22 to 24 the JDK's console is there without a terminal too, unless it is this one.
        System.setProperty("jdk.console", "java.base");
        Surroundings process = new Surroundings(
                System.in,
                stream(FileDescriptor.out),
                stream(FileDescriptor.err),
                System.console() != null,
                Path.of(""),
                System.getenv());
        int code = Lintel.run(process, arguments);
        process.out().flush();
        process.err().flush();
        System.exit(code);
    }

    /** In UTF-8, whatever the platform has: what is written is read by other programs. */
    private static PrintStream stream(FileDescriptor which) {
        return new PrintStream(new FileOutputStream(which), true, StandardCharsets.UTF_8);
    }
}
