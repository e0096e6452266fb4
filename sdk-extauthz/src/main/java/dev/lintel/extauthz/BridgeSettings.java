package dev.lintel.extauthz;

import dev.lintel.core.Secret;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How a bridge listens, whom it asks and what it bounds. Each word answers new settings. */
public final class BridgeSettings implements Cloneable {
    @Nullable
    URI opa;

    String decision = "envoy/authz/allow";
    Duration timeout = Duration.ofSeconds(1);
    InetAddress address = InetAddress.getLoopbackAddress();
    int port = 9191;
    int maxMessageBytes = 4 * 1024 * 1024;
    int maxRunning = 10_000;
    int maxRunningPerConnection = 1000;
    int threads = 2;
    boolean dryRun;

    @Nullable
    String certificates;

    @Nullable
    Secret key;

    @Nullable
    String trusted;

    Duration stop = Duration.ofSeconds(5);

    private BridgeSettings() {}

    /**
     * The default settings, which say no OPA yet.
     *
     * @return settings for port 9191 of the loopback address
     */
    public static BridgeSettings defaults() {
        return new BridgeSettings();
    }

    private BridgeSettings with(Consumer<BridgeSettings> change) {
        try {
            BridgeSettings changed = (BridgeSettings) clone();
            change.accept(changed);
            return changed;
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Which OPA is asked.
     *
     * @param its {@code http://host:port} or {@code https://host:port}, without path
     * @return new settings
     */
    public BridgeSettings opa(URI its) {
        return with(changed -> changed.opa = Objects.requireNonNull(its, "its"));
    }

    /**
     * Which decision it is asked for.
     *
     * @param path {@code envoy/authz/allow} unless said
     * @return new settings
     */
    public BridgeSettings decision(String path) {
        return with(changed -> changed.decision = Objects.requireNonNull(path, "path"));
    }

    /**
     * How long OPA may take, at the most; a client's own deadline holds if it is nearer.
     *
     * @param most 1 s unless said
     * @return new settings
     */
    public BridgeSettings timeout(Duration most) {
        if (most.isZero() || most.isNegative()) {
            throw new IllegalArgumentException("a time-out must be longer than 0, but was " + most);
        }
        return with(changed -> changed.timeout = most);
    }

    /**
     * Where it listens.
     *
     * @param its the loopback address unless said
     * @return new settings
     */
    public BridgeSettings address(InetAddress its) {
        return with(changed -> changed.address = Objects.requireNonNull(its, "its"));
    }

    /**
     * The port on which it listens.
     *
     * @param number 9191 unless said, as the plugin has it; 0 for a free one
     * @return new settings
     */
    public BridgeSettings port(int number) {
        return with(changed -> changed.port = within("a port", 0, 65_535, number));
    }

    /**
     * The largest question, in bytes.
     *
     * @param most 4 MiB unless said, as the plugin has it
     * @return new settings
     */
    public BridgeSettings maxMessageBytes(int most) {
        return with(changed -> changed.maxMessageBytes = within("a message's limit", 1, Integer.MAX_VALUE, most));
    }

    /**
     * How many questions may be under way; more are answered with {@code RESOURCE_EXHAUSTED}.
     *
     * @param most 10,000 unless said
     * @return new settings
     */
    public BridgeSettings maxRunning(int most) {
        return with(changed -> changed.maxRunning = within("the limit of questions", 1, 1_000_000, most));
    }

    /**
     * How many threads it has.
     *
     * @param number 2 unless said
     * @return new settings
     */
    public BridgeSettings threads(int number) {
        return with(changed -> changed.threads = within("the number of threads", 1, 1024, number));
    }

    /**
     * Allows everything, and only logs what OPA says.
     *
     * @return new settings
     */
    public BridgeSettings dryRun() {
        return with(changed -> changed.dryRun = true);
    }

    /**
     * Speaks TLS to its clients.
     *
     * @param pem its certificate, and those behind it
     * @param secret its key, in PEM and PKCS #8
     * @return new settings
     */
    public BridgeSettings tls(String pem, Secret secret) {
        return with(changed -> {
            changed.certificates = Objects.requireNonNull(pem, "pem");
            changed.key = Objects.requireNonNull(secret, "secret");
        });
    }

    /**
     * By which certificates an OPA is known that speaks TLS.
     *
     * @param pem certificates; the JVM's own choice unless said
     * @return new settings
     */
    public BridgeSettings trusting(String pem) {
        return with(changed -> changed.trusted = Objects.requireNonNull(pem, "pem"));
    }

    private static int within(String what, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(what + " must be " + least + " to " + most + ", but was " + value);
        }
        return value;
    }
}
