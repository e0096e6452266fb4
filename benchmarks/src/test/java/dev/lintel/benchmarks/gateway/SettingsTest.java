package dev.lintel.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void hasDefaults() {
        assertThat(Settings.parse())
                .isEqualTo(new Settings(
                        5,
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(20),
                        Set.of(),
                        Path.of("benchmarks", "peers"),
                        1));
    }

    @Test
    void picksContenders() {
        Settings settings = Settings.parse("--only", "nginx,lintel", "--rounds", "1");

        assertThat(settings.includes("lintel")).isTrue();
        assertThat(settings.includes("vertx")).isFalse();
        assertThat(settings.rounds()).isEqualTo(1);
        assertThat(Settings.parse("--tokens", "30000").tokens()).isEqualTo(30_000);
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Settings.parse("--rounds", "0"))
                .hasMessage("'--rounds' must be a number from 1 to 99999, but is '0'; " + Settings.USAGE);
        assertThatThrownBy(() -> Settings.parse("--fast")).hasMessage("'--fast' needs a value; " + Settings.USAGE);
        assertThatThrownBy(() -> Settings.parse("--fast", "1")).hasMessage("'--fast' is not known; " + Settings.USAGE);
    }
}
