package dev.lintel.cli;

import static dev.lintel.cli.Samples.BOUNDARY;
import static dev.lintel.cli.Samples.BROKEN;
import static dev.lintel.cli.Samples.OPENED;
import static dev.lintel.cli.Samples.ORDERS;
import static dev.lintel.cli.Samples.WEB;

import dev.lintel.testkit.Golden;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** What is printed, as people and programs get it. */
class OutputGoldenTest {
    private static final Golden GOLDEN = Golden.in("output", ".txt");

    @TempDir
    Path folder;

    private final Map<String, Supplier<String>> cases = new TreeMap<>();

    @TestFactory
    Stream<DynamicTest> isAsExpected() {
        say("a plan", new String[] {"plan", "-f", "orders.yaml", "-d", "out", "--domain", "example.com"});
        say(
                "a plan in short",
                new String[] {"plan", "-f", "orders.yaml", "-d", "out", "--domain", "example.com", "--short"});
        say("a plan in JSON", new String[] {"plan", "-f", "orders.yaml", "-d", "out", "-o", "json"});
        say("a plan in colours", new String[] {"plan", "-f", "orders.yaml", "-d", "out", "--color=always"});
        say(
                "a plan of broken definitions",
                session -> session.file("defs/b.yaml", BROKEN)
                        .file("defs/a.yaml", ORDERS)
                        .run("plan", "-f", "defs", "-d", "out"));
        say(
                "all that is wrong in several files",
                session -> session.file("defs/a.yaml", ORDERS)
                        .file("defs/b.yaml", BROKEN + "  - kind: traffic.retyr/v1\n")
                        .file("defs/c.yaml", ORDERS)
                        .run("plan", "-f", "defs", "-d", "out"));
        say("help of preflight", new String[] {"preflight", "--help"});
        say("help of rights", new String[] {"rights", "--help"});
        say(
                "broken definitions in JSON",
                session -> session.file("defs/b.yaml", BROKEN).run("plan", "-f", "defs", "-d", "out", "-o", "json"));
        say("a plan that the dialect refuses", new String[] {
            "plan", "-f", "orders.yaml", "-d", "out", "--dialect", "gateway-api", "--extension", "none"
        });
        say("a plan that widens", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("plan", "-f", "orders.yaml", "-d", "out");
        });
        say("an apply that would widen", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("apply", "-f", "orders.yaml", "-d", "out", "-o", "json");
        });
        say("an apply", new String[] {"apply", "-f", "orders.yaml", "-d", "out"});
        say("an apply in JSON", new String[] {"apply", "-f", "orders.yaml", "-d", "out", "--output", "json"});
        say("an apply with nothing to do", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.run("apply", "-f", "orders.yaml", "-d", "out");
        });
        say("a diff", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("diff", "-f", "orders.yaml", "-d", "out");
        });
        explained();
        looked();
        say("help", new String[] {"--help"});
        say("help of plan", new String[] {"plan", "--help"});
        say("no command", new String[] {});
        say("an unknown option", new String[] {"plan", "--domian", "example.com"});
        return GOLDEN.tests(cases);
    }

    private void explained() {
        String url = "https://orders.shop.example.com/orders/7?key=secret";
        say("an explanation", new String[] {"explain", "-f", "orders.yaml", "--domain", "example.com", "GET", url});
        say("an explanation in JSON", new String[] {
            "explain", "-f", "orders.yaml", "--domain=example.com", "--scope=orders.read", "-o=json", "GET", url
        });
        say(
                "an explanation for a host of nobody",
                new String[] {"explain", "-f", "orders.yaml", "GET", "http://stock.shop.localhost/"});
        say("an explanation by both", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("explain", "-f", "orders.yaml", "-d", "out", "GET", "/help");
        });
    }

    private void looked() {
        say(
                "a check of definitions",
                session -> session.file("boundary.json", BOUNDARY)
                        .run("check", "-f", "orders.yaml", "-f", "boundary.json"));
        say("a check of a directory", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("check", "-f", "orders.yaml", "-d", "out");
        });
        say("a check of a directory in JSON", session -> {
            session.run("apply", "-f", "orders.yaml", "-d", "out");
            return session.file("orders.yaml", OPENED).run("check", "-f", "orders.yaml", "-d", "out", "-o", "json");
        });
        say(
                "a check of manifests",
                session -> session.file("foreign/a.yaml", WEB)
                        .file("foreign/b.yaml", WEB.replace("http:", "htttp:"))
                        .run("check", "--manifests", "foreign"));
        say(
                "a check of manifests in JSON",
                session -> session.file("foreign/a.yaml", WEB.replace("hosts", "host"))
                        .run("check", "--manifests", "foreign", "-o", "json"));
        say(
                "a check of manifests that are no YAML",
                session -> session.file("foreign/a.yaml", "kind: [")
                        .file("foreign/b.yaml", WEB)
                        .run("check", "--manifests", "foreign"));
        say(
                "an import",
                session -> session.file("web.yaml", WEB).run("import", "-f", "web.yaml", "--domain", "example.com"));
        say(
                "an import in JSON",
                session -> session.file("web.yaml", WEB)
                        .run("import", "-f", "web.yaml", "--domain", "example.com", "-o", "json"));
        say(
                "an import of a prefix that ends with a slash",
                session -> session.file(
                                "web.yaml",
                                WEB.replace(
                                        "    - route:\n",
                                        "    - match:\n        - uri: {prefix: /api/}\n      route:\n"
                                                + "        - destination: {host: api, port: {number: 80}}\n    - route:\n"))
                        .run("import", "-f", "web.yaml", "--domain", "example.com"));
        say(
                "an import as Java",
                session -> session.file("web.yaml", WEB)
                        .run("import", "-f", "web.yaml", "--domain", "example.com", "--to", "java"));
        say(
                "an import that leaves something out",
                session -> session.file("web.yaml", WEB + "      corsPolicy:\n        allowCredentials: true\n")
                        .run("import", "-f", "web.yaml", "--domain", "example.org"));
    }

    private void say(String name, String[] arguments) {
        say(name, session -> session.run(arguments));
    }

    private void say(String name, Function<Session, Session.Ran> story) {
        cases.put(
                name,
                () -> story.apply(new Session(made(name)).file("orders.yaml", ORDERS))
                        .all());
    }

    private Path made(String name) {
        try {
            return Files.createDirectory(folder.resolve(name.replace(' ', '-')));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
