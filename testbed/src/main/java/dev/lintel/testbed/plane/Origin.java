package dev.lintel.testbed.plane;

import dev.lintel.testbed.Spawned;
import dev.lintel.testkit.Certificates;
import java.util.List;
import javax.net.ssl.SSLContext;

/** A server outside the mesh, at a host of its own: it answers plain requests at port 80, and by TLS at port 443. */
public final class Origin implements AutoCloseable {
    static final String PLAIN = "127.0.0.1:80";
    static final String SECURE = "127.0.0.1:443";
    private static final String SCRIPT = "/.script";

    private final String host;
    private final String address;
    private final Certificates papers;
    private final Sandbox sandbox;
    private final Caller caller;
    private final List<Spawned> programs;

    Origin(String host, String address, Certificates papers, Sandbox sandbox, Caller caller, List<Spawned> programs) {
        this.host = host;
        this.address = address;
        this.papers = papers;
        this.sandbox = sandbox;
        this.caller = caller;
        this.programs = List.copyOf(programs);
    }

    /** Its name, which the data plane's name server knows. */
    public String host() {
        return host;
    }

    /** Its address in the network of the data plane. */
    public String address() {
        return address;
    }

    /** Who vouches for its certificate, in PEM. */
    public String authority() {
        return papers.pem();
    }

    /** What a client on this machine trusts it by. */
    public SSLContext trusting() {
        return papers.trusting();
    }

    /** How many requests have reached it, of both kinds. */
    public int seen() {
        int plain = count(Call.get(PLAIN, host, SCRIPT));
        return plain + count(Call.get(SECURE, host, SCRIPT).secure(host, papers.pem()));
    }

    boolean isReady() {
        return caller.send(Call.get(PLAIN, host, SCRIPT)).status() == 200
                && caller.send(Call.get(SECURE, host, SCRIPT).secure(host, papers.pem()))
                                .status()
                        == 200;
    }

    private int count(Call call) {
        return Integer.parseInt(caller.send(call).body());
    }

    @Override
    public void close() {
        caller.close();
        programs.forEach(Spawned::close);
        sandbox.close();
    }
}
