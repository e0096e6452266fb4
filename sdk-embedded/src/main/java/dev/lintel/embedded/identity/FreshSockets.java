package dev.lintel.embedded.identity;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.function.Supplier;
import javax.net.ssl.SSLSocketFactory;

/** Makes each socket by the context of the certificate that is shown at the time. */
final class FreshSockets extends SSLSocketFactory {
    private final Supplier<SSLSocketFactory> now;

    FreshSockets(Supplier<SSLSocketFactory> now) {
        this.now = now;
    }

    @Override
    public String[] getDefaultCipherSuites() {
        return now.get().getDefaultCipherSuites();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return now.get().getSupportedCipherSuites();
    }

    @Override
    public Socket createSocket() throws IOException {
        return now.get().createSocket();
    }

    @Override
    public Socket createSocket(Socket socket, String host, int port, boolean close) throws IOException {
        return now.get().createSocket(socket, host, port, close);
    }

    @Override
    public Socket createSocket(String host, int port) throws IOException {
        return now.get().createSocket(host, port);
    }

    @Override
    public Socket createSocket(String host, int port, InetAddress local, int localPort) throws IOException {
        return now.get().createSocket(host, port, local, localPort);
    }

    @Override
    public Socket createSocket(InetAddress host, int port) throws IOException {
        return now.get().createSocket(host, port);
    }

    @Override
    public Socket createSocket(InetAddress host, int port, InetAddress local, int localPort) throws IOException {
        return now.get().createSocket(host, port, local, localPort);
    }
}
