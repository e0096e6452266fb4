package dev.lintel.auth.store.jdbc;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class H2TokenStoreTest extends JdbcTokenStoreContract {
    @TempDir
    private Path folder;

    @Override
    String url() {
        return "jdbc:h2:" + folder.resolve("tokens") + ";DB_CLOSE_DELAY=0";
    }
}
