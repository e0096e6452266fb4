package dev.lintel.mesh.badinput;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Another JVM, of another locale, charset, time zone, hash codes and order of small sets, writes the same bytes. */
class SecondJvmTest {
    @TempDir
    Path folder;

    @Test
    @Timeout(value = 10, unit = TimeUnit.MINUTES)
    void anotherJvmWritesTheSame() throws IOException, InterruptedException {
        Path answer = folder.resolve("digests");
        Path said = folder.resolve("said");
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Duser.timezone=Pacific/Kiritimati",
                "-Dfile.encoding=ISO-8859-1",
                "-Dline.separator=\r\n",
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Render.class.getName(),
                answer.toString()));
        Process other = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();

        String here = Render.digests();

        assertThat(other.waitFor()).as(Files.readString(said)).isZero();
        List<String> lines = here.lines().toList();
        assertThat(Files.readString(answer).lines().toList()).isEqualTo(lines);
        assertThat(lines).hasSizeGreaterThan(1_000);
        assertThat(lines.stream()
                        .map(line -> line.substring(line.lastIndexOf(' ')))
                        .distinct())
                .hasSizeGreaterThan(500);
    }
}
