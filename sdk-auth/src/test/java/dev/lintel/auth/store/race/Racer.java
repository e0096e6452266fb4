package dev.lintel.auth.store.race;

import dev.lintel.auth.store.RotatingTokens;
import dev.lintel.auth.store.RotationSettings;
import dev.lintel.auth.store.Samples;
import dev.lintel.auth.store.StoreException;
import dev.lintel.auth.store.TokenStore;
import dev.lintel.auth.store.file.FileTokenStore;
import dev.lintel.auth.store.jdbc.JdbcTokenStore;
import dev.lintel.auth.store.jdbc.UrlDataSource;
import dev.lintel.auth.token.RefreshExchange;
import dev.lintel.auth.token.TokenFetchException;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * One of several processes over one store: gets a token for each line that it reads, and writes a line with that token.
 * Arguments: the store (a folder, or the address of a database) and the token endpoint.
 */
public final class Racer {
    private Racer() {}

    public static void main(String[] arguments) throws IOException, StoreException {
        RotatingTokens tokens = tokens(open(arguments[0]), URI.create(arguments[1]), RotationSettings.DEFAULT);
        PrintStream out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.US_ASCII);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            try {
                out.println(tokens.fetch().value().reveal());
            } catch (TokenFetchException e) {
                out.println(e.kind() + " " + e.getMessage());
            }
        }
    }

    static RotatingTokens tokens(TokenStore store, URI endpoint, RotationSettings settings) {
        Duration patient = Duration.ofMinutes(10);
        return RotatingTokens.of(Samples.ALICE, store, exchange(endpoint), settings.lease(patient, patient));
    }

    static TokenStore open(String store) throws StoreException {
        return store.startsWith("jdbc:")
                ? JdbcTokenStore.of(new UrlDataSource(store), Samples.KEY).createTables()
                : FileTokenStore.open(Path.of(store), Samples.KEY);
    }

    /** The refresh token goes in the query, which no real one ever should: it is the shortest way to a counter. */
    private static RefreshExchange exchange(URI endpoint) {
        HttpClient client = HttpClient.newHttpClient();
        return refreshToken -> {
            HttpRequest request = HttpRequest.newBuilder(URI.create(endpoint + "?" + refreshToken.reveal()))
                    .build();
            Instant asked = Instant.now();
            try {
                HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
                if (answer.statusCode() != 200) {
                    throw failure(TokenFetchException.Kind.INVALID_GRANT);
                }
                String[] tokens = answer.body().split(" ");
                return Samples.token(tokens[0], tokens[1], asked);
            } catch (IOException | InterruptedException e) {
                throw failure(TokenFetchException.Kind.AMBIGUOUS);
            }
        };
    }

    private static TokenFetchException failure(TokenFetchException.Kind kind) {
        return new TokenFetchException(kind, "the endpoint says " + kind, null, null);
    }
}
