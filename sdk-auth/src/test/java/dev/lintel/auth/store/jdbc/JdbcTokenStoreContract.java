package dev.lintel.auth.store.jdbc;

import static dev.lintel.auth.store.Samples.ALICE;
import static dev.lintel.auth.store.Samples.KEY;
import static dev.lintel.auth.store.Samples.key;
import static dev.lintel.auth.store.Samples.stored;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.EntryKey;
import dev.lintel.auth.store.LeaseAnswer;
import dev.lintel.auth.store.Samples;
import dev.lintel.auth.store.StoreEvent;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKey;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.TokenStoreContract;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the store does on every database. */
abstract class JdbcTokenStoreContract extends TokenStoreContract {
    private final List<StoreEvent> events = new ArrayList<>();

    /** Where the tables of this test are. */
    abstract String url();

    @BeforeEach
    void createTables() throws StoreException {
        store(KEY).createTables();
    }

    @Override
    protected TokenStore store() {
        return store(KEY);
    }

    @Override
    protected TokenStore beside() {
        return store(KEY);
    }

    /** The database's own clock cannot be moved, so the leases are. */
    @Override
    protected void longAfter() throws SQLException {
        sql("UPDATE lintel_token_leases SET held_until = held_until - 7200000");
    }

    private JdbcTokenStore store(StoreKey current, StoreKey... older) {
        return JdbcTokenStore.of(new UrlDataSource(url()), StoreKeys.of(current, older), events::add);
    }

    private void sql(String statement) throws SQLException {
        try (Connection connection = new UrlDataSource(url()).getConnection();
                Statement run = connection.createStatement()) {
            assertThat(run.executeUpdate(statement)).isEqualTo(1);
        }
    }

    private void missBecause(String why) throws StoreException {
        assertThat(store().load(ALICE)).isEmpty();
        assertThat(events).containsExactly(new StoreEvent(StoreEvent.Kind.UNREADABLE, ALICE, why));
    }

    private void write(String access) throws StoreException {
        assertThat(store().save(ALICE, TokenStore.NOTHING, stored(access, "r"))).isPresent();
    }

    @Test
    void tablesThatAreThereAreLeftAlone() throws StoreException {
        write("a");

        store(KEY).createTables();

        assertThat(store().load(ALICE).map(Samples::access)).contains("a");
    }

    @Test
    void aRowThatWasChangedIsAMiss() throws Exception {
        write("a");
        sql("UPDATE lintel_tokens SET sealed = SUBSTRING(sealed FROM 1 FOR CHAR_LENGTH(sealed) - 4)");

        missBecause("it was changed, moved from another name, or cut off");
    }

    @Test
    void aRowThatHoldsSomethingElseIsAMissAndWrittenOver() throws Exception {
        write("a");
        sql("UPDATE lintel_tokens SET sealed = 'not Base64!'");

        missBecause("it is not an entry of a format that is known");
        write("b");
        assertThat(store().load(ALICE).map(Samples::access)).contains("b");
    }

    @Test
    void aRowWithAnotherVersionIsAMiss() throws Exception {
        write("a");
        sql("UPDATE lintel_tokens SET version = version - 1");

        missBecause("its row has the version of another one");
    }

    @Test
    void aRowThatIsMovedToAnotherNameIsAMiss() throws Exception {
        assertThat(store().save(EntryKey.of("bob"), TokenStore.NOTHING, stored("a", "r")))
                .isPresent();
        sql("UPDATE lintel_tokens SET entry = '" + ALICE.digest() + "'");

        missBecause("it was changed, moved from another name, or cut off");
    }

    @Test
    void aKeyIsReplacedWhileRowsOfTheOldOneAreThere() throws Exception {
        write("a");
        JdbcTokenStore both = store(key(2), KEY);

        long version = both.load(ALICE).orElseThrow().version();
        assertThat(both.save(ALICE, version, stored("b", "r"))).isPresent();

        assertThat(store(key(2)).load(ALICE).map(Samples::access)).contains("b");
        missBecause("the key that it is encrypted with is none of [store key " + KEY.id() + "]");
    }

    @Test
    void nothingIsInClear() throws Exception {
        assertThat(store().save(ALICE, TokenStore.NOTHING, stored("canary-access", "canary-refresh")))
                .isPresent();
        assertThat(acquired(store().lease(ALICE, "one", Duration.ofMinutes(1))).owner())
                .isEqualTo("one");
        StringBuilder all = new StringBuilder();
        try (Connection connection = new UrlDataSource(url()).getConnection();
                Statement run = connection.createStatement()) {
            for (String table : List.of("lintel_tokens", "lintel_token_leases")) {
                try (ResultSet rows = run.executeQuery("SELECT * FROM " + table)) {
                    assertThat(rows.next()).isTrue();
                    for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
                        all.append(rows.getString(i)).append('\n');
                    }
                }
            }
        }
        assertThat(all).contains("one", ALICE.digest()).doesNotContain("canary", "alice", "shop");
    }

    @Test
    void anEntryThatIsTooLargeIsRefusedBeforeItIsWritten() {
        assertThatThrownBy(() -> write("a".repeat(300_000)))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching("the row of 'https://id.example shop alice' cannot be written"
                        + " \\(it may have 400000 characters, but has 400\\d{3}\\)");
    }

    @Test
    void aLongEntryFits() throws StoreException {
        write("a".repeat(250_000));

        assertThat(store().load(ALICE).map(Samples::access)).contains("a".repeat(250_000));
    }

    /** Nothing here moves: the database's clock goes on by itself. */
    @Test
    void aLeaseEndsByTheClockOfTheDatabase() {
        assertThat(acquired(store().lease(ALICE, "one", Duration.ofMillis(1))).owner())
                .isEqualTo("one");

        LeaseAnswer answer = store().lease(ALICE, "two", Duration.ofMinutes(1));
        for (int i = 0; i < 100_000 && answer instanceof LeaseAnswer.Held; i++) {
            answer = store().lease(ALICE, "two", Duration.ofMinutes(1));
        }

        assertThat(acquired(answer).owner()).isEqualTo("two");
    }

    @Test
    void aDatabaseWithoutTheTablesIsAFailureAndNoMiss() throws SQLException {
        try (Connection connection = new UrlDataSource(url()).getConnection();
                Statement run = connection.createStatement()) {
            run.execute("DROP TABLE lintel_tokens");
            run.execute("DROP TABLE lintel_token_leases");
        }
        TokenStore store = store();

        assertThatThrownBy(() -> {
                    var unused = store.load(ALICE);
                })
                .isInstanceOf(StoreException.class)
                .hasMessageMatching(
                        "the row of 'https://id.example shop alice' cannot be read \\(SQL state \\w{5}, code \\d+\\)")
                .hasNoCause();
        assertThatThrownBy(() -> write("canary"))
                .isInstanceOf(StoreException.class)
                .hasMessageMatching(
                        "the row of 'https://id.example shop alice' cannot be written \\(SQL state \\w{5}, code \\d+\\)")
                .hasNoCause();
        assertThat(store.lease(ALICE, "one", Duration.ofMinutes(1)))
                .asString()
                .matches("Failed\\[why=the lease of 'https://id.example shop alice' cannot be read or written"
                        + " \\(SQL state \\w{5}, code \\d+\\)\\]");
    }
}
