package dev.lintel.auth.oauth.credential;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.testing.TestKeys;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A token in a file that somebody else replaces. */
class WorkloadIdentityTest {
    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private Path file;
    private WorkloadIdentity identity;

    @BeforeEach
    void start() {
        file = folder.resolve("token");
        identity = WorkloadIdentity.file(file).clock(clock);
    }

    private String jwt(String name, long seconds) {
        return "e30." + TestKeys.encode("{\"name\":\"" + name + "\",\"exp\":" + (clock.seconds() + seconds) + "}")
                + ".c2ln";
    }

    private void refused(String why) {
        assertThatThrownBy(identity::assertion)
                .isInstanceOf(TokenFetchException.class)
                .hasNoCause()
                .hasMessage("The workload identity in " + file + " " + why);
    }

    @Test
    void aFileThatChangesIsReadAgainAtOnce() throws IOException, TokenFetchException {
        Files.writeString(file, jwt("one", 600));
        assertThat(identity.assertion()).isEqualTo(Secret.of(jwt("one", 600)));
        Files.writeString(file, jwt("other", 600));
        Files.setLastModifiedTime(file, FileTime.from(clock.instant().plusSeconds(1)));
        assertThat(identity.assertion()).isEqualTo(Secret.of(jwt("other", 600)));
    }

    @Test
    void aLinkThatIsTurnedIsFollowed() throws IOException, TokenFetchException {
        for (String version : new String[] {"v1", "v2"}) {
            Path target = Files.createDirectory(folder.resolve(version)).resolve("token");
            Files.writeString(target, jwt(version, 600));
            Files.setLastModifiedTime(target, FileTime.from(clock.instant()));
        }
        Path data = Files.createSymbolicLink(folder.resolve("data"), Path.of("v1"));
        Files.createSymbolicLink(file, Path.of("data", "token"));
        assertThat(identity.assertion()).isEqualTo(Secret.of(jwt("v1", 600)));

        Path turned = Files.createSymbolicLink(folder.resolve("turned"), Path.of("v2"));
        Files.move(turned, data, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        assertThat(identity.assertion()).isEqualTo(Secret.of(jwt("v2", 600)));
    }

    @Test
    void afterAMinuteItIsReadAnyway() throws IOException, TokenFetchException {
        FileTime same = FileTime.from(clock.instant());
        Files.writeString(file, jwt("one", 600));
        Files.setLastModifiedTime(file, same);
        Secret first = identity.assertion();
        String second = jwt("two", 600);
        Files.writeString(file, second);
        Files.setLastModifiedTime(file, same);

        clock.forward(Duration.ofSeconds(59));
        assertThat(identity.assertion()).isEqualTo(first);
        clock.forward(Duration.ofSeconds(1));
        assertThat(identity.assertion()).isEqualTo(Secret.of(second));
    }

    @Test
    void aTokenIsNotUsedPastItsTime() throws IOException, TokenFetchException {
        Files.writeString(file, jwt("one", 30));
        assertThat(identity.assertion()).isNotNull();
        clock.forward(Duration.ofSeconds(30));
        refused("expired at 2026-01-01T00:00:30Z; does the platform still replace it?");
        Files.writeString(file, jwt("two", 30));
        assertThat(identity.assertion()).isEqualTo(Secret.of(jwt("two", 30)));
    }

    @Test
    void aFileThatIsNoneIsTold() throws IOException {
        refused("cannot be read");
        Files.writeString(file, "s3cret");
        refused("has 6 bytes that are not a JWT; is it the right file?");
        Files.writeString(file, "");
        refused("has 0 bytes that are not a JWT; is it the right file?");
        Files.writeString(file, "e30.e30.c2ln");
        refused("holds a JWT without 'exp', which cannot be told from an old one");
        Files.writeString(file, "e30.-.c2ln");
        refused("holds a JWT without 'exp', which cannot be told from an old one");
        Files.writeString(file, "a.b." + "x".repeat(64 * 1024));
        refused("has more than 65536 bytes; is it the right file?");
        assertThat(identity).hasToString("workload identity in " + file);
    }
}
