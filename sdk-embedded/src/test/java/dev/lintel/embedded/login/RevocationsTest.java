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
        revocations.providerSession("s1", 50, 1000, 60);
        revocations.subject("bob", 50, 1000, 60);

        assertThat(revocations.isEnded(session("a", "alice", "s1", 50))).isTrue();
        assertThat(revocations.isEnded(session("a", "alice", "s1", 51))).isFalse();
        assertThat(revocations.isEnded(session("a", "alice", "s2", 10))).isFalse();
        assertThat(revocations.isEnded(session("a", "bob", null, 10))).isTrue();
        assertThat(revocations.isEnded(session("a", "bob", null, 51))).isFalse();
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
