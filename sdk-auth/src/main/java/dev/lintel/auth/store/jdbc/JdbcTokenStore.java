package dev.lintel.auth.store.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.EntryKey;
import dev.lintel.auth.store.Lease;
import dev.lintel.auth.store.LeaseAnswer;
import dev.lintel.auth.store.StoreEvent;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.StoreKey;
import dev.lintel.auth.store.StoreKeys;
import dev.lintel.auth.store.StoredTokens;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.Versioned;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/**
 * Tokens in two tables of a relational database, {@code lintel_tokens} and {@code lintel_token_leases}: encrypted
 * (AES-256-GCM, {@link StoreKeys}), for any number of processes on any number of machines. Leases end by the clock of the
 * database. The statements are plain SQL, exercised on PostgreSQL and H2; each one commits by itself.
 */
public final class JdbcTokenStore implements TokenStore {
    private static final List<String> TABLES = List.of(
            "CREATE TABLE lintel_tokens (entry VARCHAR(64) NOT NULL PRIMARY KEY, version BIGINT NOT NULL,"
                    + " sealed VARCHAR(400000) NOT NULL)",
            "CREATE TABLE lintel_token_leases (entry VARCHAR(64) NOT NULL PRIMARY KEY, holder VARCHAR(200) NOT NULL,"
                    + " fence BIGINT NOT NULL, held_until BIGINT NOT NULL)");
    private static final int SEALED = 400_000;
    private static final int HOLDER = 200;
    private static final int RACES = 16;

    private final Sql sql;
    private final StoreKeys keys;
    private final Consumer<StoreEvent> events;
    private final RandomGenerator random = new SecureRandom();

    private JdbcTokenStore(DataSource source, StoreKeys keys, Consumer<StoreEvent> events) {
        this.sql = new Sql(source);
        this.keys = keys;
        this.events = events;
    }

    /**
     * Tokens in a database; events go to the log.
     *
     * @param source whose connections see the two tables; a pool, because each call takes a connection and gives it back.
     *     Not one that takes part in the transactions of a container
     * @param current the key that encrypts
     * @param older keys that only decrypt, while one is being replaced
     * @return the store
     */
    public static JdbcTokenStore of(DataSource source, StoreKey current, StoreKey... older) {
        return of(source, StoreKeys.of(current, older), StoreEvent::log);
    }

    /**
     * Tokens in a database, with a listener from outside.
     *
     * @param source whose connections see the two tables
     * @param keys what encrypts and decrypts
     * @param events who is told of what cannot be read; must not throw
     * @return the store
     */
    public static JdbcTokenStore of(DataSource source, StoreKeys keys, Consumer<StoreEvent> events) {
        return new JdbcTokenStore(source, keys, events);
    }

    /**
     * The statements that make the tables, for whatever a database is migrated with.
     *
     * @return one for each table, without a semicolon
     */
    public static List<String> tables() {
        return TABLES;
    }

    /**
     * Makes those tables that are not there.
     *
     * @return this store
     * @throws StoreException if they cannot be made
     */
    @CanIgnoreReturnValue
    public JdbcTokenStore createTables() throws StoreException {
        createTable("lintel_tokens", TABLES.get(0));
        createTable("lintel_token_leases", TABLES.get(1));
        return this;
    }

    @Override
    public Optional<Versioned> load(EntryKey key) throws StoreException {
        return row(key).flatMap(row -> opened(key, row));
    }

    @Override
    public OptionalLong save(EntryKey key, long expected, StoredTokens tokens) throws StoreException {
        long version = random.nextLong(1, Long.MAX_VALUE);
        String sealed = Base64.getEncoder().encodeToString(keys.seal(key, new Versioned(tokens, version)));
        if (sealed.length() > SEALED) {
            throw new StoreException("the row of '" + key + "' cannot be written (it may have " + SEALED
                    + " characters, but has " + sealed.length() + ")");
        }
        boolean written = expected == NOTHING ? first(key, version, sealed) : next(key, expected, version, sealed);
        return written ? OptionalLong.of(version) : OptionalLong.empty();
    }

    @Override
    public void delete(EntryKey key) throws StoreException {
        sql.run(
                "the row of '" + key + "' cannot be deleted",
                session -> session.change("DELETE FROM lintel_tokens WHERE entry = ?", key.digest()));
    }

    @Override
    public LeaseAnswer lease(EntryKey key, String owner, Duration ttl) {
        Lease.checked(ttl);
        String holder = owner.substring(0, Math.min(owner.length(), HOLDER));
        long fence = random.nextLong();
        return answer(key, session -> {
            for (int race = 0; race < RACES; race++) {
                Instant now = session.now();
                Lease lease = new Lease(key, owner, fence, now.plus(ttl));
                boolean taken = session.change(
                                "UPDATE lintel_token_leases SET holder = ?, fence = ?, held_until = ?"
                                        + " WHERE entry = ? AND held_until <= ?",
                                holder,
                                fence,
                                lease.until().toEpochMilli(),
                                key.digest(),
                                now.toEpochMilli())
                        || session.insert(
                                "INSERT INTO lintel_token_leases (entry, holder, fence, held_until)"
                                        + " VALUES (?, ?, ?, ?)",
                                key.digest(),
                                holder,
                                fence,
                                lease.until().toEpochMilli());
                Optional<LeaseAnswer.Held> held = taken ? Optional.empty() : holder(session, key);
                if (taken || held.isPresent()) {
                    return taken ? new LeaseAnswer.Acquired(lease) : held.get();
                }
            }
            return new LeaseAnswer.Failed("the lease of '" + key + "' changed hands " + RACES + " times in a row");
        });
    }

    @Override
    public LeaseAnswer renew(Lease lease, Duration ttl) {
        Lease.checked(ttl);
        EntryKey key = lease.key();
        return answer(key, session -> {
            Instant until = session.now().plus(ttl);
            boolean renewed = session.change(
                    "UPDATE lintel_token_leases SET held_until = ? WHERE entry = ? AND fence = ?",
                    until.toEpochMilli(),
                    key.digest(),
                    lease.fence());
            return renewed
                    ? new LeaseAnswer.Acquired(new Lease(key, lease.owner(), lease.fence(), until))
                    : holder(session, key).orElseGet(() -> LeaseAnswer.Held.meanwhile(lease));
        });
    }

    @Override
    public void release(Lease lease) {
        EntryKey key = lease.key();
        try {
            sql.run(
                    "the lease of '" + key + "' cannot be given back",
                    session -> session.change(
                            "DELETE FROM lintel_token_leases WHERE entry = ? AND fence = ?",
                            key.digest(),
                            lease.fence()));
        } catch (StoreException e) {
            events.accept(new StoreEvent(StoreEvent.Kind.LEASE_FAILED, key, String.valueOf(e.getMessage())));
        }
    }

    @Override
    public String toString() {
        return "tokens in a database";
    }

    /**
     * A row as it stands there.
     *
     * @param version which write it comes from
     * @param sealed the entry, encrypted, in Base64
     */
    private record Sealed(long version, String sealed) {}

    private Optional<Sealed> row(EntryKey key) throws StoreException {
        return sql.run(
                "the row of '" + key + "' cannot be read",
                session -> session.one(
                        "SELECT version, sealed FROM lintel_tokens WHERE entry = ?",
                        row -> new Sealed(row.getLong(1), row.getString(2)),
                        key.digest()));
    }

    private Optional<Versioned> opened(EntryKey key, Sealed row) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(row.sealed());
        } catch (IllegalArgumentException e) {
            // Not what was written here; the keys say so.
            bytes = new byte[0];
        }
        Optional<Versioned> entry = keys.open(key, bytes, events);
        if (entry.isPresent() && entry.get().version() != row.version()) {
            events.accept(new StoreEvent(StoreEvent.Kind.UNREADABLE, key, "its row has the version of another one"));
            return Optional.empty();
        }
        return entry;
    }

    /** Where there is nothing that can be read; a row that cannot is written over. */
    private boolean first(EntryKey key, long version, String sealed) throws StoreException {
        boolean inserted = sql.run(
                "the row of '" + key + "' cannot be written",
                session -> session.insert(
                        "INSERT INTO lintel_tokens (entry, version, sealed) VALUES (?, ?, ?)",
                        key.digest(),
                        version,
                        sealed));
        if (inserted) {
            return true;
        }
        Optional<Sealed> there = row(key);
        return there.isPresent()
                && opened(key, there.get()).isEmpty()
                && next(key, there.get().version(), version, sealed);
    }

    private boolean next(EntryKey key, long expected, long version, String sealed) throws StoreException {
        return sql.run(
                "the row of '" + key + "' cannot be written",
                session -> session.change(
                        "UPDATE lintel_tokens SET version = ?, sealed = ? WHERE entry = ? AND version = ?",
                        version,
                        sealed,
                        key.digest(),
                        expected));
    }

    private void createTable(String name, String statement) throws StoreException {
        if (exists(name)) {
            return;
        }
        try {
            sql.run("the table " + name + " cannot be made", session -> session.change(statement));
        } catch (StoreException e) {
            // Another process may have been faster.
            if (!exists(name)) {
                throw e;
            }
        }
    }

    private boolean exists(String name) {
        try {
            sql.run(
                    "the table " + name + " cannot be read",
                    session -> session.one("SELECT 1 FROM " + name + " WHERE entry = ''", row -> true));
            return true;
        } catch (StoreException e) {
            return false;
        }
    }

    private static Optional<LeaseAnswer.Held> holder(Sql.Session session, EntryKey key) throws SQLException {
        return session.one(
                "SELECT holder, held_until FROM lintel_token_leases WHERE entry = ?",
                row -> new LeaseAnswer.Held(row.getString(1), Instant.ofEpochMilli(row.getLong(2))),
                key.digest());
    }

    private LeaseAnswer answer(EntryKey key, Sql.Work<LeaseAnswer> work) {
        try {
            return sql.run("the lease of '" + key + "' cannot be read or written", work);
        } catch (StoreException e) {
            return new LeaseAnswer.Failed(String.valueOf(e.getMessage()));
        }
    }
}
