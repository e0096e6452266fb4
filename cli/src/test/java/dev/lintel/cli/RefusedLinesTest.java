package dev.lintel.cli;

import static dev.lintel.cli.Samples.ORDERS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.testkit.Ports;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Command lines, files and clusters with which nothing can be done: each has a code, a reason and a way out. */
class RefusedLinesTest {
    @TempDir
    Path folder;

    private Session session;

    @BeforeEach
    void begin() {
        session = new Session(folder).file("orders.yaml", ORDERS);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plan                                              | say -f with the definitions
            plan -f orders.yaml                               | say one of --directory and --cluster
            plan -f orders.yaml -d out --cluster              | say one of --directory and --cluster
            diff -d out                                       | say -f with the definitions
            rollback                                          | say one of --directory and --cluster
            rollback -d out                                   | a directory has no journal: go back in its repository
            rollback --cluster --verify nowhere               | --verify: a gateway has an address such as 'http://10.0.0.7'
            rollback --cluster --allow-widening=              | --allow-widening needs a reason
            plan -f orders.yaml -d out --allow-widening=      | --allow-widening needs a reason
            apply -f orders.yaml -d out --verify http://a     | --verify asks a gateway, and nobody serves from a directory
            apply -f orders.yaml --cluster --verify http://a/x | --verify: a gateway has an address such as 'http://10.0.0.7'
            plan -f orders.yaml -d out --wait 5               | --wait is nothing that a directory has
            apply -f orders.yaml -d out --ask-istiod http://a | --ask-istiod is nothing that a directory has
            apply -f orders.yaml --cluster --ask-istiod https://a:1 | an istiod is asked by http at a host
            apply -f orders.yaml --cluster --ask-istiod http://a/?b | the address of an istiod ends with its path
            rollback --cluster --wait 0 --ask-istiod http://a | --ask-istiod needs time, and --wait 0 gives none
            plan -f orders.yaml -d out --context prod         | --context is nothing that a directory has
            plan -f orders.yaml -d out --on-conflict refuse   | --on-conflict is nothing that a directory has
            plan -f orders.yaml --cluster --kustomized        | --kustomized is nothing that a cluster has
            plan -f orders.yaml -d out --dialect kyma --ambient | --ambient is nothing that kyma has
            plan -f orders.yaml -d out --gateway-class x      | --gateway-class is nothing that istio has
            plan -f orders.yaml -d out --dialect kyma --root-namespace x | --root-namespace is nothing that kyma has
            plan -f orders.yaml -d out --dialect gateway-api --control-plane x | --control-plane is nothing that gateway-api has
            plan -f orders.yaml -d out --dialect-version 1.2  | --dialect-version must be one of [1.27, 1.28, 1.29, 1.30, 1.31], but was '1.2'
            plan -f orders.yaml -d out --gateway entry        | --gateway must have a '/' in it, but was 'entry'
            plan -f orders.yaml -d out --domain=              | a host must be lower-case DNS labels
            explain -f orders.yaml GET orders                 | a request needs a host
            explain -f orders.yaml --to stock.shop GET /x     | no API 'stock.shop' is exposed; exposed are: orders.shop
            explain -f orders.yaml --header=x GET /x          | --header must be NAME=VALUE
            explain GET /x                                    | say -f with definitions
            check                                             | say -f with definitions, or --manifests
            check -f orders.yaml --cluster                    | a check looks at a directory
            plan -f orders.yaml -d out -o xml                 | Invalid value for option '--output'
            """)
    void aWrongLineEndsWith64(String line, String message) {
        Session.Ran ran = session.run(line.split(" "));

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.USAGE);
        assertThat(ran.err()).startsWith("lintel: ").contains(message).contains("--help' says what there is");
        assertThat(ran.out()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            missing.yaml | is not there
            empty        | holds no file that ends with .yaml, .yml or .json
            large.yaml   | it is larger than 1048576 bytes
            latin.yaml   | is no text in UTF-8
            """)
    void aFileThatCannotBeReadIsNamed(String name, String message) throws IOException {
        Files.createDirectory(folder.resolve("empty"));
        session.file("large.yaml", "#".repeat(1024 * 1024 + 1));
        Files.write(folder.resolve("latin.yaml"), new byte[] {'#', (byte) 0xe4, '\n'});

        Session.Ran ran = session.run("plan", "-f", name, "-d", "out");

        assertThat(ran.code()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err()).startsWith("cli.file " + name + ": ").contains(message);
    }

    @ParameterizedTest
    @ValueSource(strings = {"team-b", "team-b/orders.yaml"})
    void aLinkInAFolderIsRefused(String target) throws IOException {
        Files.createDirectories(folder.resolve("defs"));
        Files.createDirectories(folder.resolve("team-b"));
        Files.copy(folder.resolve("orders.yaml"), folder.resolve("defs/orders.yaml"));
        Files.copy(folder.resolve("orders.yaml"), folder.resolve("team-b/orders.yaml"));
        Files.createSymbolicLink(folder.resolve("defs/linked.yaml"), folder.resolve(target));

        Session.Ran ran = session.run("plan", "-f", "defs", "-d", "out");

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err()).startsWith("cli.file defs: cannot be read: linked.yaml is a link");
    }

    @Test
    void theSameFileTwiceIsRefused() {
        assertThat(session.run("plan", "-f", "orders.yaml", "-f", "orders.yaml", "-d", "out")
                        .err())
                .isEqualTo("""
                        cli.file orders.yaml: cannot be read: it is named twice
                              see to it, or leave it out
                        """);
    }

    @Test
    void aKubeconfigThatIsNoneIsNamedWithoutItsWords() {
        session.file("kubeconfig", "users: [{name: a, user: {token: hush}}, :\n");

        Session.Ran ran = session.run("plan", "-f", "orders.yaml", "--cluster", "--kubeconfig", "kubeconfig");

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err()).isEqualTo("""
                cli.kubeconfig kubeconfig: cannot be read as a kubeconfig
                      name the file by --kubeconfig and one of its contexts by --context
                """);
        assertThat(session.run("plan", "-f", "orders.yaml", "--cluster", "--kubeconfig", "none")
                        .err())
                .startsWith("cli.kubeconfig none: is no file");
    }

    @Test
    void aContextThatIsNotThereIsNamed() {
        session.file("kubeconfig", kubeconfig(1));

        Session.Ran ran = session.run(
                "plan", "-f", "orders.yaml", "--cluster", "--kubeconfig", "kubeconfig", "--context", "prod");

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.PROBLEMS);
        assertThat(ran.err()).startsWith("cli.kubeconfig kubeconfig: has no context 'prod'");
    }

    @Test
    void aClusterThatGivesNoAnswerEndsWith69() {
        Session.Ran ran;
        try (Ports ports = new Ports(new Random())) {
            session.file("kubeconfig", kubeconfig(ports.next()));
            ran = session.run("plan", "-f", "orders.yaml", "--cluster", "--kubeconfig", "kubeconfig");
        }

        assertThat(ran.code()).as(ran.all()).isEqualTo(ExitCode.UNAVAILABLE);
        assertThat(ran.err())
                .startsWith("cli.unreachable the cluster: the apiserver at http://127.0.0.1:")
                .contains("see that the apiserver answers, then plan again")
                .doesNotContain("hush");
    }

    private static String kubeconfig(int port) {
        return """
                {"apiVersion": "v1", "kind": "Config", "current-context": "test",
                 "contexts": [{"name": "test", "context": {"cluster": "test", "user": "test"}}],
                 "clusters": [{"name": "test", "cluster": {"server": "http://127.0.0.1:%d"}}],
                 "users": [{"name": "test", "user": {"token": "hush"}}]}
                """.formatted(port);
    }
}
