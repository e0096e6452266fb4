package dev.lintel.embedded.elsewhere;

import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Elsewhere.ClientToken;
import dev.lintel.core.model.Elsewhere.Credential;
import dev.lintel.core.model.Elsewhere.SecretHeader;
import dev.lintel.embedded.upstream.Address;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/** Where the service of one API is, and how it is talked to. It outlives changes of the model that do not change it. */
public final class FarSide {
    private final Elsewhere said;
    private final FarConnection connection;
    private final @Nullable Address address;
    private final @Nullable Proof proof;
    private final LongAdder calls = new LongAdder();

    FarSide(String api, Elsewhere said, SecretReader secrets, Executor executor, InstantSource clock) {
        this.said = said;
        this.connection = new FarConnection(api, said, secrets);
        this.address = said.address() == null ? null : through(Address.of(said.address()), said.tls() != null);
        this.proof = proof(said.credential(), secrets, executor, clock);
    }

    private static @Nullable Proof proof(
            @Nullable Credential credential, SecretReader secrets, Executor executor, InstantSource clock) {
        if (credential instanceof ClientToken token) {
            return new TokenProof(token, secrets, executor, clock);
        }
        return credential instanceof SecretHeader header ? new HeaderProof(header, secrets, executor, clock) : null;
    }

    /** What is connected to; null where a workload that is bound says it. */
    public @Nullable Address address() {
        return address;
    }

    /** A bound workload's address; where it speaks TLS, with the names and keys of the far side. */
    public Address through(Address bound) {
        return bound.tls() && bound.origination() == null ? through(bound, true) : bound;
    }

    private Address through(Address to, boolean tls) {
        return new Address(to.host(), to.port(), to.tls() || tls, connection);
    }

    /** What it gets as {@code Host}. */
    public String authority() {
        return said.authority();
    }

    /** Null if the gateway does not prove itself. */
    public @Nullable Proof proof() {
        return proof;
    }

    /** Whether the gateway proves itself, by a header or by a certificate of its own. */
    public boolean isProven() {
        return proof != null || said.tls() != null && said.tls().certificate() != null;
    }

    /** Whether the headers of route services mean something here. */
    public boolean isCloudFoundry() {
        return said.kind() == Elsewhere.Kind.CLOUD_FOUNDRY;
    }

    /** Counts requests, not tries. */
    public LongAdder calls() {
        return calls;
    }

    void close() {
        if (proof != null) {
            proof.close();
        }
    }
}
