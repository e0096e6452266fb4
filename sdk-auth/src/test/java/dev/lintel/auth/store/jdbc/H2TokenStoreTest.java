package dev.lintel.auth.store.jdbc;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

class H2TokenStoreTest extends JdbcTokenStoreContract {
    @TempDir
    private Path folder;

    private @Nullable Connection open;

    /** Opening the database for each connection anew is slow. */
    @BeforeEach
    void keepOpen() throws SQLException {
        open = DriverManager.getConnection(url());
    }

    @AfterEach
    void close() throws SQLException {
        if (open != null) {
            open.close();
        }
    }

    @Override
    String url() {
        return "jdbc:h2:" + folder.resolve("tokens") + ";DB_CLOSE_DELAY=0";
    }
}
