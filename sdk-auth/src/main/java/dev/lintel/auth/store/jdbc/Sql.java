package dev.lintel.auth.store.jdbc;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.store.StoreException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/** Statements that each commit by themselves. What a driver says is reduced to its code, because it may quote values. */
final class Sql {
    private static final String CONSTRAINT = "23";

    /** Classes of states after which a statement has certainly done nothing: bad data, syntax, no room. */
    private static final List<String> REFUSED = List.of("22", CONSTRAINT, "42", "53");

    private final DataSource source;

    Sql(DataSource source) {
        this.source = source;
    }

    /** What is done with a connection. */
    @FunctionalInterface
    interface Work<T> {
        T run(Session session) throws SQLException;
    }

    /** Reads a row. */
    @FunctionalInterface
    interface Row<T> {
        T read(ResultSet row) throws SQLException;
    }

    @CanIgnoreReturnValue
    <T> T run(String what, Work<T> work) throws StoreException {
        try (Connection connection = source.getConnection()) {
            boolean before = connection.getAutoCommit();
            connection.setAutoCommit(true);
            try {
                return work.run(new Session(connection));
            } finally {
                connection.setAutoCommit(before);
            }
        } catch (SQLException e) {
            String state = String.valueOf(e.getSQLState());
            String message = what + " (SQL state " + state + ", code " + e.getErrorCode() + ")";
            throw REFUSED.contains(state.substring(0, Math.min(2, state.length())))
                    ? StoreException.unchanged(message)
                    : new StoreException(message);
        }
    }

    /** A connection for a few statements. */
    static final class Session {
        private final Connection connection;

        Session(Connection connection) {
            this.connection = connection;
        }

        <T> Optional<T> one(String sql, Row<T> row, Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(sql, values);
                    ResultSet rows = statement.executeQuery()) {
                return rows.next() ? Optional.of(row.read(rows)) : Optional.empty();
            }
        }

        boolean change(String sql, Object... values) throws SQLException {
            try (PreparedStatement statement = prepared(sql, values)) {
                return statement.executeUpdate() > 0;
            }
        }

        /** False if there is such a row. */
        boolean insert(String sql, Object... values) throws SQLException {
            try {
                return change(sql, values);
            } catch (SQLIntegrityConstraintViolationException e) {
                return false;
            } catch (SQLException e) {
                if (e.getSQLState() != null && e.getSQLState().startsWith(CONSTRAINT)) {
                    return false;
                }
                throw e;
            }
        }

        /** The time of the database, which is the same for all processes. */
        Instant now() throws SQLException {
            return one("SELECT CURRENT_TIMESTAMP", row -> row.getObject(1, OffsetDateTime.class))
                    .orElseThrow(() -> new SQLException("no time"))
                    .toInstant();
        }

        private PreparedStatement prepared(String sql, Object... values) throws SQLException {
            PreparedStatement statement = connection.prepareStatement(sql);
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement;
        }
    }
}
