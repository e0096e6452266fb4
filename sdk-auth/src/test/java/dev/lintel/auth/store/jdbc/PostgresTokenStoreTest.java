package dev.lintel.auth.store.jdbc;

import dev.lintel.auth.testing.Postgres;
import dev.lintel.auth.testing.PostgresExtension;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PostgresExtension.class)
class PostgresTokenStoreTest extends JdbcTokenStoreContract {
    private final String url;

    PostgresTokenStoreTest(Postgres server) {
        this.url = server.schema();
    }

    @Override
    String url() {
        return url;
    }
}
