package dev.lintel.embedded.authorization;

import dev.lintel.auth.net.FetchException;
import dev.lintel.auth.net.Http;
import dev.lintel.auth.net.Reply;
import dev.lintel.embedded.authorization.Sessions.Session;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells clients that somebody has logged out (OpenID Connect Back-Channel Logout 1.0, 2.5): each client once that got a code in
 * that session and said where. Nobody waits for them; one that does not answer is not told again.
 */
final class LogoutNotices implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogoutNotices.class);
    private static final int MOST_SESSIONS = 10_000;
    private static final int MOST_WAITING = 1_000;
    private static final int ANSWER = 16 * 1024;
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final ServerState state;
    private final IdTokens idTokens;
    private final Map<String, Set<String>> clients = new LinkedHashMap<>();
    private final ThreadPoolExecutor threads =
            new ThreadPoolExecutor(2, 2, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), work -> {
                Thread thread = new Thread(work, "lintel-logout-notice");
                thread.setDaemon(true);
                return thread;
            });
    private @Nullable Http http;

    LogoutNotices(ServerState state, IdTokens idTokens) {
        this.state = state;
        this.idTokens = idTokens;
        threads.allowCoreThreadTimeOut(true);
    }

    /** A client gets to know a session. */
    synchronized void joined(String session, String client) {
        if (clients.size() >= MOST_SESSIONS && !clients.containsKey(session)) {
            clients.remove(clients.keySet().iterator().next());
        }
        clients.computeIfAbsent(session, id -> new LinkedHashSet<>()).add(client);
    }

    /** The session ends. */
    void left(Session session) {
        for (String client : known(session)) {
            state.clients
                    .find(client)
                    .map(found -> found.said().backChannelLogoutUri)
                    .ifPresent(uri -> tell(client, uri, session));
        }
    }

    private synchronized List<String> known(Session session) {
        Set<String> known = clients.remove(session.sid());
        return known == null ? List.of() : new ArrayList<>(known);
    }

    private void tell(String client, URI uri, Session session) {
        String token = idTokens.logoutToken(client, session.subject(), session.sid(), TokenIds.random(state.random));
        try {
            threads.execute(() -> post(client, uri, token));
        } catch (RejectedExecutionException e) {
            LOG.warn("Client '{}' is not told of a logout: too many wait to be told", client);
        }
    }

    private void post(String client, URI uri, String token) {
        try {
            Reply reply = http().post(
                            uri,
                            Map.of(),
                            "logout_token=" + URLEncoder.encode(token, StandardCharsets.US_ASCII),
                            ANSWER);
            if (reply.status() != 200 && reply.status() != 204) {
                LOG.warn("Client '{}' was told of a logout and answered {}", client, reply.status());
            }
        } catch (FetchException e) {
            LOG.warn("Client '{}' could not be told of a logout: {}", client, e.getMessage());
        }
    }

    private synchronized Http http() {
        Http known = http;
        if (known == null) {
            known = new Http(PATIENCE);
            http = known;
        }
        return known;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        synchronized (this) {
            if (http != null) {
                http.close();
            }
        }
    }
}
