package dev.lintel.auth.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.testing.Logs;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSecretSinkTest {
    private static final SecretPlace PLACE = SecretPlace.of("shop/orders-client");
    private static final SecretRef REF = new SecretRef("shop", "orders-client", "client-secret");

    @TempDir
    private Path folder;

    private static String permissions(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void aSecretIsAFileOfItsOwnForItsOwnerAlone() throws Exception {
        Path secrets = folder.resolve("secrets");
        FileSecretSink sink = FileSecretSink.in(secrets);

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
        FileSecretSink sink = FileSecretSink.in(folder);
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

    @Test
    void valuesLieBesideNotesThatCanBeReadAgain() throws Exception {
        FileSecretSink sink = FileSecretSink.in(folder);
        assertThat(sink.notes(PLACE)).isEmpty();

        sink.put(PLACE, Map.of("client_id", Secret.of("shop"), "old", Secret.of("x")), Map.of("phase", "stable"));
        sink.put(PLACE, Map.of("client_id", Secret.of("shop-2")), Map.of("phase", "moving\nphase=x", "since", "now"));

        assertThat(folder.resolve("shop/orders-client/client_id")).hasContent("shop-2");
        assertThat(folder.resolve("shop/orders-client/old")).doesNotExist();
        assertThat(permissions(folder.resolve("shop/orders-client/.notes"))).isEqualTo("rw-------");
        assertThat(sink.notes(PLACE)).contains(Map.of("phase", "moving phase=x", "since", "now"));
        sink.note(PLACE, Map.of("phase", "stable"));
        assertThat(sink.notes(PLACE)).contains(Map.of("phase", "stable"));
        assertThat(folder.resolve("shop/orders-client/client_id")).hasContent("shop-2");
        sink.remove(PLACE);
        sink.remove(PLACE);
        assertThat(folder.resolve("shop/orders-client")).doesNotExist();
        assertThat(sink.notes(PLACE)).isEmpty();
    }

    @Test
    void aPlaceThatSomebodyElseHasIsLeftAlone() throws Exception {
        FileSecretSink sink = FileSecretSink.in(folder);
        Path theirs =
                Files.createDirectories(folder.resolve("shop/orders-client")).resolve("password");
        Files.writeString(theirs, "canary-theirs");
        String message = "the secret shop/orders-client in " + folder
                + " is there already and not ours: it has no notes; put ours elsewhere, or remove that one";

        assertThatThrownBy(() -> sink.notes(PLACE)).hasMessage(message);
        assertThatThrownBy(() -> sink.put(PLACE, Map.of("client_id", Secret.of("shop")), Map.of()))
                .hasMessage(message);
        assertThatThrownBy(() -> sink.note(PLACE, Map.of())).hasMessage(message);
        assertThatThrownBy(() -> sink.remove(PLACE)).hasMessage(message);
        assertThat(theirs).hasContent("canary-theirs");
        assertThatThrownBy(() -> sink.note(new SecretPlace("shop", "none"), Map.of()))
                .hasMessage("there is no secret shop/none in " + folder);
    }
}
