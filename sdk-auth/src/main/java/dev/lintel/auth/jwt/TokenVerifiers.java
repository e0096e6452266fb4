package dev.lintel.auth.jwt;

import dev.lintel.auth.net.Http;
import dev.lintel.core.model.Issuer;
import java.net.URI;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The verifiers of one gateway, one for each set of issuers, and the keys that they share. It outlives changes of the
 * model, so that neither keys nor verified tokens are lost when a definition changes.
 */
public final class TokenVerifiers implements AutoCloseable {
    private final Executor verifying;
    private final Executor fetching;
    private final InstantSource clock;
    private final VerifierSettings settings;
    private final Http http;
    private final ConcurrentMap<List<Issuer>, TokenVerifier> verifiers = new ConcurrentHashMap<>();
    private final ConcurrentMap<Address, KeyRing> rings = new ConcurrentHashMap<>();

    /**
     * Verifiers that fetch keys over HTTP.
     *
     * @param verifying where signatures are checked: a few threads, never an event loop's
     * @param fetching where keys are fetched: its threads block for as long as a fetch takes, one for each issuer at most
     * @param clock what time it is
     * @param settings usually {@link VerifierSettings#DEFAULT}
     */
    public TokenVerifiers(Executor verifying, Executor fetching, InstantSource clock, VerifierSettings settings) {
        this.verifying = verifying;
        this.fetching = fetching;
        this.clock = clock;
        this.settings = settings;
        this.http = new Http(settings.keys().fetchTimeout());
    }

    private record Address(
            String issuer, @Nullable URI jwksUri, @Nullable String jwks) {
        static Address of(Issuer issuer) {
            return new Address(issuer.issuer(), issuer.jwksUri(), issuer.jwks());
        }
    }

    /**
     * The verifier of some issuers.
     *
     * @param issuers each once, as the model has them
     * @return the same one for equal issuers
     * @throws IllegalArgumentException if an issuer is there twice, or accepts an algorithm that cannot be verified
     */
    public TokenVerifier of(List<Issuer> issuers) {
        return verifiers.computeIfAbsent(
                List.copyOf(issuers), key -> new TokenVerifier(key, this::ring, settings, verifying, clock));
    }

    /**
     * Forgets the verifiers, and the keys, that are needed no more.
     *
     * @param needed the sets of issuers that are still in use
     */
    public void retain(Collection<List<Issuer>> needed) {
        Set<Address> addresses =
                needed.stream().flatMap(List::stream).map(Address::of).collect(Collectors.toSet());
        verifiers.keySet().retainAll(new HashSet<>(needed));
        rings.keySet().retainAll(addresses);
    }

    /** Ends what is being fetched; tokens that wait for it become unverifiable. */
    @Override
    public void close() {
        http.close();
    }

    private KeyRing ring(Issuer issuer) {
        return rings.computeIfAbsent(
                Address.of(issuer),
                address -> new KeyRing(issuer.issuer(), KeySource.of(http, issuer), settings.keys(), fetching, clock));
    }
}
