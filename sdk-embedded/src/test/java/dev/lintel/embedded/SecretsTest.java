package dev.lintel.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.auth.store.file.FileSecretSink;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.embedded.log.LogWatch;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecretsTest {
    private static final SecretRef REF = new SecretRef("shop", "psp", "secret");

    @TempDir
    Path folder;

    private void write(String text) throws Exception {
        Files.createDirectories(folder.resolve("shop/psp"));
        Files.writeString(folder.resolve("shop/psp/secret"), text);
    }

    @Test
    void thoseOfTheProgramAreCopied() {
        Map<SecretRef, Secret> known = new HashMap<>(Map.of(REF, Secret.of("a")));
        Secrets secrets = Secrets.of(known);
        known.clear();

        assertThat(secrets.find(REF)).contains(Secret.of("a"));
        assertThat(secrets.find(new SecretRef("shop", "psp", "other"))).isEmpty();
        assertThat(Secrets.none().find(REF)).isEmpty();
    }

    @Test
    void filesAreReadEachTimeWithoutTheLineBreakAtTheirEnd() throws Exception {
        Secrets secrets = Secrets.directory(folder);
        assertThat(secrets.find(REF)).isEmpty();
        write("one\r\n");
        assertThat(secrets.find(REF)).contains(Secret.of("one"));
        write("two\nlines");
        assertThat(secrets.find(REF)).contains(Secret.of("two\nlines"));
        FileSecretSink.in(folder).store(REF, Secret.of("three"));
        assertThat(secrets.find(REF)).contains(Secret.of("three"));
    }

    @Test
    void linksAreFollowedAsKubernetesTurnsThem() throws Exception {
        Files.createDirectories(folder.resolve("shop/psp/..one"));
        Files.writeString(folder.resolve("shop/psp/..one/secret"), "one");
        Files.createSymbolicLink(folder.resolve("shop/psp/..data"), Path.of("..one"));
        Files.createSymbolicLink(folder.resolve("shop/psp/secret"), Path.of("..data/secret"));

        assertThat(Secrets.directory(folder).find(REF)).contains(Secret.of("one"));
    }

    @Test
    void whatIsEmptyTooLongOrNoFileIsNotThere() throws Exception {
        Secrets secrets = Secrets.directory(folder);
        write("\n");
        assertThat(secrets.find(REF)).isEmpty();
        try (LogWatch logs = LogWatch.open()) {
            write("canary".repeat(20_000));
            assertThat(secrets.find(REF)).isEmpty();
            Files.delete(folder.resolve("shop/psp/secret"));
            Files.createDirectories(folder.resolve("shop/psp/secret"));
            assertThat(secrets.find(REF)).isEmpty();

            assertThat(logs.lines())
                    .contains("WARN dev.lintel.embedded.FolderSecrets the secret shop/psp/secret is longer than 65536"
                            + " bytes and is not used")
                    .anyMatch(line -> line.contains("the secret shop/psp/secret cannot be read: IOException"))
                    .noneMatch(line -> line.contains("canary"));
        }
        assertThat(secrets).hasToString("secrets in " + folder);
    }
}
