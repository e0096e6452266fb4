package dev.lintel.auth.register;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.TokenNeeds;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Names;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.plan.Plans;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;

/**
 * Registers clients at the server that issues their tokens. {@link #plan} reads what is there and shows the difference,
 * {@link #apply} makes it so, client by client, and reads each back; what is as it should be is not touched. Stopped in the
 * middle, a new plan goes on from there.
 *
 * <p>A plan is about all clients with an owner's mark: those that are not named in it any more are deleted. Clients without
 * the mark are never touched, unless {@link #adopt} names them.
 *
 * <p>Secrets are made here, 256 bits each, or taken from the server's answer. They go to a {@link SecretSink} and nowhere
 * else.
 */
public final class OAuthClients {
    private static final int SECRET_BYTES = 32;

    private final String owner;
    private final ClientRegistry registry;
    private final SecretSink sink;
    private final RandomGenerator random;
    private final Set<String> adopted;

    OAuthClients(String owner, ClientRegistry registry, SecretSink sink, RandomGenerator random, Set<String> adopted) {
        Names.label("an owner", owner);
        this.owner = owner;
        this.registry = registry;
        this.sink = sink;
        this.random = random;
        this.adopted = adopted;
    }

    /**
     * The clients of an owner.
     *
     * @param owner whose clients are planned together, for example {@code shop}, a DNS label; their mark at the server
     * @param registry where they are registered; stays the caller's to close
     * @param sink where their secrets go: {@code owner/id/client_secret}, and beside it {@code client_id}
     * @return what plans and applies
     */
    public static OAuthClients of(String owner, ClientRegistry registry, SecretSink sink) {
        return new OAuthClients(owner, registry, sink, new SecureRandom(), Set.of());
    }

    /**
     * Tokens for exactly what an API asks for.
     *
     * @param definition the API
     * @param clientId the client's identifier at the issuer
     * @param secret its secret
     * @return tokens by the client credentials grant, to be closed by the caller
     * @throws IllegalArgumentException if the API asks for no tokens, or accepts those of several issuers
     * @see TokenNeeds
     */
    public static Tokens tokens(ApiDefinition definition, String clientId, Secret secret) {
        return TokenNeeds.of(definition).tokens(clientId, secret);
    }

    /**
     * The same, allowed to take over clients that are registered without the mark, or with another one. Their secrets stay
     * as they are; {@link #rotate} gets one that the sink knows.
     *
     * @param ids their identifiers
     * @return a new value
     */
    public OAuthClients adopt(String... ids) {
        Set<String> more = new LinkedHashSet<>(adopted);
        more.addAll(List.of(ids));
        return new OAuthClients(owner, registry, sink, random, more);
    }

    /**
     * The difference between some clients and those that are registered. Blocks; changes nothing.
     *
     * @param clients all clients that this owner should have
     * @return the plan
     * @throws RegistryException if the server cannot be read
     */
    public ClientPlan plan(ClientSpec... clients) {
        return planner().plan(List.of(clients));
    }

    /**
     * Makes it so. Blocks.
     *
     * @param plan made by {@link #plan}, for this server in the state in which it is
     * @return the clients as they were read back, in the order in which they were said; where the server assigns
     *     identifiers, {@link KnownClient#clientId()} is the one to use
     * @throws dev.lintel.core.ProblemsException if the plan has problems, or the server has changed since
     * @throws RegistryException if the server does not do its part; what was done until then stays
     */
    @CanIgnoreReturnValue
    public List<KnownClient> apply(ClientPlan plan) {
        ClientPlanner planner = planner();
        Map<String, KnownClient> current = planner.current(plan.clients());
        Plans.require(plan.plan(), registry.name(), ClientPlanner.base(current));
        List<KnownClient> applied = new ArrayList<>();
        for (ClientSpec client : plan.clients()) {
            KnownClient found = current.remove(client.id());
            if (found == null) {
                create(client);
            } else if (!planner.isAsWanted(client, found)) {
                update(client, found);
            }
            applied.add(readBack(client));
        }
        current.keySet().forEach(registry::delete);
        return applied;
    }

    /**
     * Gives a client a new secret, which goes to the sink. Blocks. Where the server can, the old one goes on working, so
     * that running programs have time to read the new one; then {@link #retire} ends it.
     *
     * @param id the client
     * @return whether the old secret still works
     * @throws RegistryException if it is not this owner's client, or the server does not do its part
     */
    @CanIgnoreReturnValue
    public boolean rotate(String id) {
        KnownClient found = ours(id);
        ClientRegistry.Rotated rotated = registry.rotate(id, secret());
        try {
            store(found, rotated.secret());
        } catch (StoreException e) {
            throw new RegistryException("client '" + id + "' has a new secret, but " + e.getMessage()
                    + "; mend that, then rotate again"
                    + (rotated.oldStillWorks() ? "; the old secret still works" : ", for the old secret has ended"));
        }
        return rotated.oldStillWorks();
    }

    /**
     * Ends the secrets that were replaced. Blocks.
     *
     * @param id the client
     * @throws RegistryException if it is not this owner's client, or the server does not do its part
     */
    public void retire(String id) {
        KnownClient unused = ours(id);
        registry.retire(id);
    }

    private void create(ClientSpec client) {
        Secret wanted = client.proof().hasSecret() ? secret() : null;
        ClientRegistry.Credentials got = registry.create(client, owner, wanted);
        if (wanted == null) {
            return;
        }
        if (got.secret() == null) {
            throw new RegistryException(registry.name() + " gave client '" + client.id()
                    + "' no secret; look at it there," + " then rotate(\"" + client.id() + "\")");
        }
        try {
            store(new KnownClient(client.id(), got.clientId(), owner, client.facts()), got.secret());
        } catch (StoreException e) {
            // A client whose secret nobody has is of no use, and would be kept by the next plan.
            registry.delete(client.id());
            throw new RegistryException(
                    "client '" + client.id() + "' was removed again, because its secret could not be" + " kept: "
                            + e.getMessage() + "; mend that, then plan again");
        }
    }

    private void store(KnownClient client, Secret secret) throws StoreException {
        try {
            sink.store(new SecretRef(owner, client.id(), "client_id"), Secret.of(client.clientId()));
            sink.store(new SecretRef(owner, client.id(), "client_secret"), secret);
        } catch (RuntimeException e) {
            // What it says may quote what it was given.
            throw new StoreException("the sink failed with " + e.getClass().getName());
        }
    }

    private void update(ClientSpec client, KnownClient found) {
        registry.update(client, owner);
        boolean had = Arrays.stream(ClientProof.values())
                .noneMatch(proof -> !proof.hasSecret()
                        && proof.method().equals(found.facts().proof()));
        if (client.proof().hasSecret() && !had) {
            rotate(client.id());
        }
    }

    private KnownClient readBack(ClientSpec client) {
        KnownClient now = registry.find(client.id())
                .orElseThrow(() -> new RegistryException(
                        registry.name() + " does not have client '" + client.id() + "' after it was made; plan again"));
        if (!planner().isAsWanted(client, now)) {
            throw new RegistryException(
                    registry.name() + " has client '" + client.id() + "' otherwise than it was asked for: "
                            + differences(registry.expected(client), now)
                            + " differ; plan again to see how, and compare with what"
                            + " the server allows");
        }
        return now;
    }

    private String differences(ClientFacts wanted, KnownClient now) {
        StringJoiner names = new StringJoiner(", ");
        ClientFacts is = now.facts();
        differs(names, "owner", owner, String.valueOf(now.owner()));
        differs(names, "grants", wanted.grants(), is.grants());
        differs(names, "scopes", wanted.scopes(), is.scopes());
        differs(names, "audiences", wanted.audiences(), is.audiences());
        differs(names, "redirects", wanted.redirects(), is.redirects());
        differs(names, "authentication", wanted.proof(), is.proof());
        differs(names, "keys", String.valueOf(wanted.keys()), String.valueOf(is.keys()));
        differs(names, "form of access tokens", wanted.tokens(), is.tokens());
        return names.toString();
    }

    private static void differs(StringJoiner names, String name, Object wanted, Object is) {
        if (!wanted.equals(is)) {
            names.add(name);
        }
    }

    private KnownClient ours(String id) {
        KnownClient found = registry.find(id)
                .orElseThrow(
                        () -> new RegistryException(registry.name() + " has no client '" + id + "'; plan it first"));
        if (!owner.equals(found.owner())) {
            throw new RegistryException("client '" + id + "' at " + registry.name() + " does not belong to '" + owner
                    + "', so its secret is left alone; adopt it by a plan first");
        }
        return found;
    }

    private Secret secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Secret.of(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    private ClientPlanner planner() {
        return new ClientPlanner(registry, owner, adopted);
    }

    @Override
    public String toString() {
        return "clients of '" + owner + "' at " + registry.name();
    }
}
