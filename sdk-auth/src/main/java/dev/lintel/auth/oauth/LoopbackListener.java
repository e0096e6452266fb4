package dev.lintel.auth.oauth;

import dev.lintel.auth.oauth.wire.Failures;
import dev.lintel.auth.token.TokenFetchException;
import dev.lintel.core.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A port on loopback that takes one answer. Plain sockets, because the JDK's own HTTP server logs what it is asked, the code
 * included, and would be one more module for every user of this one.
 */
final class LoopbackListener implements AutoCloseable {
    private static final int MOST_CONNECTIONS = 16;

    private final String issuer;
    private final String path;
    private final ServerSocket server;
    private final Semaphore room = new Semaphore(MOST_CONNECTIONS);
    private final CompletableFuture<Visit> arrived = new CompletableFuture<>();
    private final AtomicInteger strangers = new AtomicInteger();
    private volatile @Nullable Secret state;

    private LoopbackListener(String issuer, String path, ServerSocket server) {
        this.issuer = issuer;
        this.path = path;
        this.server = server;
    }

    /** An answer, and the browser that waits for what becomes of it. */
    record Visit(AuthorizationAnswer answer, CompletableFuture<Boolean> outcome) {
        /** Says what became of it; only the first word counts. */
        void end(boolean good) {
            outcome.complete(good);
        }
    }

    static LoopbackListener open(String issuer, String path) throws TokenFetchException {
        try {
            ServerSocket server =
                    new ServerSocket(0, MOST_CONNECTIONS, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}));
            LoopbackListener listener = new LoopbackListener(issuer, path, server);
            start(listener::accept);
            return listener;
        } catch (IOException e) {
            throw Failures.permanent("The login at " + issuer
                    + " cannot begin: no port of 127.0.0.1 can be opened; does something forbid it?");
        }
    }

    URI redirect() {
        return URI.create("http://" + host() + path);
    }

    /** Takes the first answer with this state from now on; others are shown an error and change nothing. */
    void expect(Secret expected) {
        state = expected;
    }

    Visit await(Duration patience) throws TokenFetchException {
        try {
            return arrived.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            int wrong = strangers.get();
            throw Failures.permanent("The login at " + issuer + " was not answered within " + patience.toMillis()
                    + " ms"
                    + (wrong == 0 ? "" : "; answers that did not belong to it and were refused: " + wrong));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failures.permanent("Interrupted while waiting for the login at " + issuer);
        } catch (ExecutionException e) {
            throw new IllegalStateException("an answer cannot fail to arrive");
        }
    }

    /** No answer is taken any more, and a browser whose answer came too late is told. */
    @Override
    public void close() {
        boolean none = arrived.cancel(false);
        if (!none) {
            arrived.join().end(false);
        }
        try {
            server.close();
        } catch (IOException e) {
            throw new IllegalStateException("a port of 127.0.0.1 cannot be closed");
        }
    }

    private String host() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    private void accept() {
        while (acceptOne()) {
            // Until the port is closed.
        }
    }

    /** Whether there may be more. */
    private boolean acceptOne() {
        try {
            Socket socket = server.accept();
            if (room.tryAcquire()) {
                start(() -> serve(socket));
            } else {
                socket.close();
            }
            return true;
        } catch (IOException e) {
            // Closed while it waited, or a browser that went away at once.
            return !server.isClosed();
        }
    }

    private void serve(Socket socket) {
        try (LoopbackBrowser browser = new LoopbackBrowser(socket)) {
            judge(browser);
        } catch (IOException e) {
            // The browser went away; whether an answer came before does not depend on it.
            return;
        } finally {
            room.release();
        }
    }

    private void judge(LoopbackBrowser browser) throws IOException {
        String target = browser.target(host());
        int question = target == null ? -1 : target.indexOf('?');
        if (target == null) {
            browser.answer(LoopbackPage.BAD);
        } else if (question < 0 || !target.substring(0, question).equals(path)) {
            browser.answer(LoopbackPage.NOT_FOUND);
        } else {
            take(browser, target.substring(question + 1));
        }
    }

    private void take(LoopbackBrowser browser, String query) throws IOException {
        AuthorizationAnswer answer;
        try {
            answer = AuthorizationAnswer.of(issuer, query);
        } catch (TokenFetchException e) {
            refuse(browser);
            return;
        }
        Secret expected = state;
        Visit visit = new Visit(answer, new CompletableFuture<>());
        if (expected == null || !answer.answers(expected) || !arrived.complete(visit)) {
            refuse(browser);
            return;
        }
        browser.answer(visit.outcome().join() ? LoopbackPage.DONE : LoopbackPage.FAILED);
    }

    private void refuse(LoopbackBrowser browser) throws IOException {
        strangers.incrementAndGet();
        browser.answer(LoopbackPage.BAD);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "lintel-login");
        thread.setDaemon(true);
        thread.start();
    }
}
