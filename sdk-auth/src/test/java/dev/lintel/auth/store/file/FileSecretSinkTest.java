package dev.lintel.auth.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.testing.Logs;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretSinkTest {
    private static final SecretRef REF = new SecretRef("shop", "orders-client", "client-secret");

    @TempDir
    private Path folder;

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aSecretIsAFileOfItsOwnForItsOwnerAlone() throws Exception {
        Path secrets = folder.resolve("secrets");
        SecretSink sink = FileSecretSink.in(secrets);

        sink.store(REF, Secret.of("canary-sink-ä"));

        Path file = secrets.resolve("shop/orders-client/client-secret");
        assertThat(Files.readAllBytes(file)).isEqualTo("canary-sink-ä".getBytes(StandardCharsets.UTF_8));
        assertThat(permissions(file)).isEqualTo("rw-------");
        assertThat(permissions(file.getParent())).isEqualTo("rwx------");
        assertThat(permissions(secrets.resolve("shop"))).isEqualTo("rwx------");
        assertThat(sink).hasToString("secrets in " + secrets);
        assertThat(Logs.containing("canary-sink")).isEmpty();
    }

    @Test
    void aSecretIsReplaced() throws Exception {
        SecretSink sink = FileSecretSink.in(folder);
        sink.store(REF, Secret.of("a long one that was there before"));
        Files.setPosixFilePermissions(
                folder.resolve("shop/orders-client/client-secret"), PosixFilePermissions.fromString("rw-r--r--"));

        sink.store(REF, Secret.of("short"));

        assertThat(folder.resolve("shop/orders-client/client-secret")).hasContent("short");
        assertThat(permissions(folder.resolve("shop/orders-client/client-secret")))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder.resolve("shop/orders-client"))) {
            assertThat(files).containsExactly(folder.resolve("shop/orders-client/client-secret"));
        }
    }

    @Test
    void aLinkInThePlaceOfAFolderIsNotFollowed() throws Exception {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere/orders-client"));
        Files.createSymbolicLink(folder.resolve("shop"), folder.resolve("elsewhere"));

        assertThatThrownBy(() -> FileSecretSink.in(folder).store(REF, Secret.of("canary")))
                .isInstanceOf(StoreException.class)
                .hasMessage("the secret shop/orders-client/client-secret is not put into "
                        + folder.resolve("shop/orders-client") + ", which is a link");

        assertThat(elsewhere).isEmptyDirectory();
    }

    @Test
    void aFileInThePlaceOfAFolderIsNamed() throws Exception {
        Files.writeString(folder.resolve("shop"), "");

        assertThatThrownBy(() -> FileSecretSink.in(folder).store(REF, Secret.of("canary")))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("the secret shop/orders-client/client-secret cannot be put into "
                        + folder.resolve("shop/orders-client") + " \\([^()]+\\)")
                .hasNoCause();
    }
}
