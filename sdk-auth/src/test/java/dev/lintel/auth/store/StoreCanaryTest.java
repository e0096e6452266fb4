package dev.lintel.auth.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.auth.store.file.FileTokenStore;
import dev.lintel.auth.store.jdbc.JdbcTokenStore;
import dev.lintel.auth.store.jdbc.UrlDataSource;
import dev.lintel.auth.testing.Logs;
import dev.lintel.auth.testing.TestClock;
import dev.lintel.auth.token.FetchedToken;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks for tokens and keys in everything that could be read by somebody while tokens are stored and refreshed. */
class StoreCanaryTest {
    private static final String CANARY = "canary-store-5e20";
    private static final String KEY = "canary-key-" + "k".repeat(21);

    private final TestClock clock = new TestClock();
    private final List<String> seen = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void neitherTokensNorKeysAreTold() throws Exception {
        StoreKey key = StoreKey.of(KEY.getBytes(StandardCharsets.US_ASCII));
        String h2 = "jdbc:h2:" + folder.resolve("h2") + ";DB_CLOSE_DELAY=0";
        // One connection keeps the database open; when it is closed, everything is on the disk.
        try (Connection open = DriverManager.getConnection(h2)) {
            assertThat(open.isClosed()).isFalse();
            List<TokenStore> stores = List.of(
                    new MemoryTokenStore(clock),
                    FileTokenStore.open(folder.resolve("files"), key),
                    JdbcTokenStore.of(new UrlDataSource(h2), key).createTables(),
                    new FragileStore(new MemoryTokenStore(clock)).failSaves(5),
                    new FragileStore(new MemoryTokenStore(clock)).failReads(true),
                    new FragileStore(new MemoryTokenStore(clock)).failLeases(true));
            for (TokenStore store : stores) {
                for (TokenFetchException.Kind kind : TokenFetchException.Kind.values()) {
                    flow(store, kind);
                }
            }
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                seen.add(file + " " + Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }

        assertThat(seen).hasSizeGreaterThan(100);
        String inBase64 = Base64.getEncoder().encodeToString(CANARY.getBytes(StandardCharsets.US_ASCII));
        for (String canary : List.of(CANARY, KEY, inBase64, inBase64.substring(0, 16))) {
            assertThat(seen).noneMatch(text -> text.contains(canary));
            assertThat(Logs.containing(canary)).isEmpty();
        }
        assertThat(Logs.containing("The token 'canaries "))
                .as("events go to the log")
                .isNotEmpty();
    }

    private void flow(TokenStore store, TokenFetchException.Kind kind) {
        EntryKey entry = EntryKey.of("canaries " + kind);
        RotationSettings settings = RotationSettings.DEFAULT
                .at(clock, clock::forward)
                .events(event -> {
                    event.log();
                    seen.add(event.toString());
                });
        List<Integer> asked = new ArrayList<>();
        RotatingTokens tokens = RotatingTokens.of(
                entry,
                store,
                refreshToken -> {
                    asked.add(1);
                    if (asked.size() > 1) {
                        throw new TokenFetchException(kind, "the endpoint says " + kind, null, Duration.ofSeconds(1));
                    }
                    return token();
                },
                settings);
        tokens.login(token());
        for (int i = 0; i < 4; i++) {
            try {
                FetchedToken token = tokens.fetch();
                seen.add(tokens + " " + token + " " + token.refreshToken());
                seen.add(store + " " + store.load(entry));
            } catch (TokenFetchException | StoreException e) {
                StringWriter stack = new StringWriter();
                e.printStackTrace(new PrintWriter(stack));
                seen.add(stack.toString());
            }
        }
    }

    private FetchedToken token() {
        return Samples.token(CANARY, CANARY, clock.instant());
    }

    @Test
    void aKeyThatIsNoneIsNotQuoted() {
        for (String text : List.of("canary-key!", "Y2FuYXJ5", "")) {
            assertThatThrownBy(() -> {
                        StoreKey unused = text.isEmpty() ? StoreKey.of(new byte[31]) : StoreKey.of(Secret.of(text));
                    })
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageMatching(
                            "a store's key must be 32 random bytes(, but has (6|31)| in Base64, as from 'openssl rand"
                                    + " -base64 32', but is not Base64)")
                    .hasNoCause();
        }
        StoreKey key = StoreKey.of(Secret.of(Base64.getEncoder().encodeToString(new byte[32]) + "\n"));
        assertThat(key).hasToString("store key " + StoreKey.of(new byte[32]).id());
        assertThat(key.id()).matches("[0-9a-f]{16}").isNotEqualTo(Samples.KEY.id());
    }
}
