package dev.lintel.embedded.login;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Which sessions have ended. */
class RevocationsTest {
    private final Revocations revocations = new Revocations(3);

    private static Session session(String id, String subject, String sid, long began) {
        return new Session(
                id,
                0,
                began,
                began + 1000,
                began,
                began + 1000,
                began,
                subject,
                sid,
                List.of(),
                Map.of(),
                null,
                null,
                null);
    }

    @Test
    void oneSessionEndsAlone() {
        revocations.session(session("a", "alice", "s1", 10), 20);

        assertThat(revocations.isEnded(session("a", "alice", "s1", 10))).isTrue();
        assertThat(revocations.isEnded(session("b", "alice", "s1", 10))).isFalse();
    }

    @Test
    void whatTheProviderEndsCoversWhatBeganBefore() {
        revocations.lasting(1000);
        revocations.atProvider("s1", null, 50);
        revocations.atProvider(null, "bob", 50);

        assertThat(revocations.isEnded(session("a", "alice", "s1", 50))).isTrue();
        assertThat(revocations.isEnded(session("a", "alice", "s1", 51))).isFalse();
        assertThat(revocations.isEnded(session("a", "alice", "s2", 10))).isFalse();
        assertThat(revocations.isEnded(session("a", "bob", null, 10))).isTrue();
        assertThat(revocations.isEnded(session("a", "bob", "s3", 10))).isTrue();
        assertThat(revocations.isEnded(session("a", "bob", null, 51))).isFalse();
    }

    @Test
    void whereASessionIsNamedThoseEndTooThatWereNeverSaidToBelongToAny() {
        revocations.lasting(1000);
        revocations.atProvider("s1", "alice", 50);

        assertThat(revocations.isEnded(session("a", "alice", null, 50))).isTrue();
        assertThat(revocations.isEnded(session("a", "alice", "s2", 50))).isFalse();
        assertThat(revocations.isEnded(session("a", "bob", null, 50))).isFalse();
    }

    /** What was said of a login with longer sessions is not forgotten because they are shorter now. */
    @Test
    void itIsRememberedForTheLongestSessionThatThereMayBe() {
        revocations.lasting(1000);
        revocations.lasting(10);
        revocations.atProvider(null, "alice", 50);
        for (int i = 0; i < 2; i++) {
            revocations.session(session("s" + i, "carol", null, -900), 60);
        }
        revocations.session(session("more", "carol", null, 0), 200);

        assertThat(revocations.isEnded(session("a", "alice", null, 40))).isTrue();
        assertThat(revocations.isEnded(session("a", "bob", null, 100))).isFalse();
    }

    @Test
    void aClockThatIsSetBackLetsNobodyIn() {
        for (int i = 0; i < 4; i++) {
            revocations.session(session("s" + i, "alice", null, 10), 900);
        }
        for (int i = 0; i < 4; i++) {
            revocations.session(session("t" + i, "alice", null, 10), 100);
        }

        assertThat(revocations.isEnded(session("s0", "alice", null, 800))).isTrue();
    }

    @Test
    void ifThereIsNoRoomEverybodyLogsInAgain() {
        for (int i = 0; i < 4; i++) {
            revocations.session(session("s" + i, "alice", null, 10 + i), 100);
        }

        for (int i = 0; i < 4; i++) {
            assertThat(revocations.isEnded(session("s" + i, "alice", null, 10 + i)))
                    .isTrue();
        }
        assertThat(revocations.isEnded(session("other", "bob", null, 100))).isTrue();
        assertThat(revocations.isEnded(session("later", "bob", null, 101))).isFalse();
    }

    @Test
    void whatHasEndedByItselfMakesRoom() {
        for (int i = 0; i < 4; i++) {
            revocations.session(session("s" + i, "alice", null, 10), i < 3 ? 20 : 2000);
        }

        assertThat(revocations.isEnded(session("other", "bob", null, 30))).isFalse();
    }

    @Test
    void aLogoutTokenCountsOnce() {
        assertThat(revocations.first("j", 1)).isTrue();
        assertThat(revocations.first("j", 2)).isFalse();
    }
}
