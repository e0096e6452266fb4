package dev.lintel.auth.net;

import java.io.IOException;
import java.net.Socket;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.impl.io.SocketHolder;

/**
 * A connection whose bytes and headers are never logged, whatever level is set: they carry client secrets and tokens, and
 * the connections of the HTTP client print both at {@code DEBUG}. The connection manager binds it to its socket.
 */
public final class QuietConnection extends DefaultManagedHttpClientConnection {
    /** A connection that is not bound yet. */
    public QuietConnection() {
        super("lintel");
    }

    @Override
    public void bind(Socket socket) throws IOException {
        bind(new SocketHolder(socket));
    }

    @Override
    public void bind(SSLSocket tls, Socket socket) throws IOException {
        bind(new SocketHolder(tls, socket));
    }

    @Override
    protected void onRequestSubmitted(ClassicHttpRequest request) {}

    @Override
    protected void onResponseReceived(ClassicHttpResponse response) {}
}
