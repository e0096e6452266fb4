package dev.lintel.auth.register;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.lintel.auth.TokenNeeds;
import dev.lintel.auth.client.Tokens;
import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.ApiDefinition;
import dev.lintel.core.Names;
import dev.lintel.core.Secret;
import dev.lintel.core.plan.Plans;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

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
    private static final Duration GRACE = Duration.ofHours(1);

    private final String owner;
    private final ClientRegistry registry;
    private final ClientSecrets secrets;
    private final Set<String> adopted;

    OAuthClients(String owner, ClientRegistry registry, ClientSecrets secrets, Set<String> adopted) {
        Names.label("an owner", owner);
        this.owner = owner;
        this.registry = registry;
        this.secrets = secrets;
        this.adopted = adopted;
    }

    /**
     * The clients of an owner.
     *
     * @param owner whose clients are planned together, for example {@code shop}, a DNS label; their mark at the server
     * @param registry where they are registered; stays the caller's to close
     * @param sink where their secrets go: {@code client_id}, {@code client_secret}, and where they are known {@code issuer} and
     *     {@code token_endpoint}, at {@code owner/id} unless {@link ClientSpec#secretIn} says otherwise
     * @return what plans and applies
     */
    public static OAuthClients of(String owner, ClientRegistry registry, SecretSink sink) {
        return of(owner, registry, sink, new SecureRandom());
    }

    static OAuthClients of(String owner, ClientRegistry registry, SecretSink sink, RandomGenerator random) {
        return new OAuthClients(owner, registry, new ClientSecrets(registry, sink, random), Set.of());
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
        return new OAuthClients(owner, registry, secrets, more);
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
     * @throws dev.lintel.core.ProblemsException if the plan has problems, widens without permission, or the server has
     *     changed since
     * @throws RegistryException if the server does not do its part; what was done until then stays
     */
    @CanIgnoreReturnValue
    public List<KnownClient> apply(ClientPlan plan) {
        return run(plan, true);
    }

    /**
     * The same without deleting anybody: for what comes before routes that new clients call. A plan that is made after the
     * routes then deletes the clients that called the old ones.
     *
     * @param plan made by {@link #plan}, for this server in the state in which it is
     * @return the clients as they were read back
     * @throws dev.lintel.core.ProblemsException as {@link #apply} does
     * @throws RegistryException as {@link #apply} does
     */
    @CanIgnoreReturnValue
    public List<KnownClient> register(ClientPlan plan) {
        return run(plan, false);
    }

    private List<KnownClient> run(ClientPlan plan, boolean deletes) {
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
            } else if (planner.isHalfMade(client)) {
                boolean unusedOld = replace(found, client.placeFor(owner));
            }
            applied.add(readBack(client));
        }
        if (deletes) {
            current.values().forEach(this::delete);
        }
        return applied;
    }

    /**
     * Replaces secrets step by step while programs use them.
     *
     * @param clock tells how long programs have had a new secret
     * @return it takes programs to use a new secret after an hour, unless told otherwise
     */
    public Rotation rotation(InstantSource clock) {
        return new Rotation(owner, registry, secrets, clock, GRACE, null);
    }

    /**
     * Gives a client a new secret at once, which goes to the sink; for one that was lost or got known. Blocks. Where the
     * server can, the old one goes on working until {@link #retire}. {@link #rotation} is for all other times.
     *
     * @param id the client
     * @return whether the old secret still works
     * @throws RegistryException if it is not this owner's client, or the server does not do its part
     */
    @CanIgnoreReturnValue
    public boolean rotate(String id) {
        KnownClient found = ours(id);
        return replace(found, places(found).get(0));
    }

    /**
     * Ends the secrets that were replaced. Blocks.
     *
     * @param id the client
     * @throws RegistryException if it is not this owner's client, or the server does not do its part
     */
    public void retire(String id) {
        KnownClient found = ours(id);
        SecretPlace place = places(found).get(0);
        try {
            Optional<SecretNotes> notes = secrets.notes(place).filter(each -> isOf(each, found));
            if (notes.isPresent() && notes.get().phase() == RotationPhase.ADDING) {
                throw new RegistryException("client '" + id + "' keeps its old secret, which is the one in " + place
                        + ", while a new one is being made; go on with that first");
            }
            registry.retire(id);
            if (notes.isPresent()
                    && notes.get().previous() == null
                    && notes.get().phase() != RotationPhase.STABLE) {
                secrets.note(place, notes.get().without(RotationPhase.STABLE));
            }
        } catch (StoreException e) {
            throw new RegistryException("whether the old secrets of client '" + id + "' have ended is not noted in "
                    + place + ": " + e.getMessage() + "; retire it again");
        }
    }

    private boolean isOf(SecretNotes notes, KnownClient client) {
        return owner.equals(notes.owner()) && client.id().equals(notes.client());
    }

    /** Where a client's secret may be: where its mark says, else by its name, without the number of a generation as well. */
    private List<SecretPlace> places(KnownClient client) {
        SecretPlace marked = client.place();
        return marked != null
                ? List.of(marked)
                : Stream.of(client.id(), client.id().replaceFirst("-[1-9][0-9]*$", ""))
                        .distinct()
                        .map(name -> new SecretPlace(owner, name))
                        .toList();
    }

    private void create(ClientSpec client) {
        if (!client.proof().hasSecret()) {
            ClientRegistry.Credentials unused = registry.create(client, owner, null, null);
            return;
        }
        SecretPlace place = client.placeFor(owner);
        int generation;
        try {
            generation = secrets.notes(place).map(SecretNotes::generation).orElse(0);
            secrets.reserve(place, notes(client.id(), generation, RotationPhase.MAKING));
        } catch (StoreException e) {
            throw new RegistryException(
                    "client '" + client.id() + "' is not registered, because its secret could not be" + " kept: "
                            + e.getMessage() + "; mend that, then plan again");
        }
        ClientRegistry.Credentials got = registry.create(client, owner, null, secrets.draw());
        if (got.secret() == null) {
            throw new RegistryException(registry.name() + " gave client '" + client.id()
                    + "' no secret; look at it there," + " then rotate(\"" + client.id() + "\")");
        }
        try {
            secrets.put(place, got.clientId(), got.secret(), notes(client.id(), generation + 1, RotationPhase.STABLE));
        } catch (StoreException e) {
            // A client whose secret nobody has is of no use, and would be kept by the next plan.
            registry.delete(client.id());
            throw new RegistryException(
                    "client '" + client.id() + "' was removed again, because its secret could not be" + " kept: "
                            + e.getMessage() + "; mend that, then plan again");
        }
    }

    private SecretNotes notes(String id, int generation, RotationPhase phase) {
        return new SecretNotes(owner, id, null, generation, phase, null, null);
    }

    /** A new secret, in the sink. */
    private boolean replace(KnownClient client, SecretPlace place) {
        SecretNotes before;
        try {
            before = secrets.notes(place).orElse(notes(client.id(), 0, RotationPhase.STABLE));
        } catch (StoreException e) {
            throw new RegistryException(
                    "client '" + client.id() + "' keeps its secret, because " + e.getMessage() + "; mend that");
        }
        if (!isOf(before, client)) {
            throw new RegistryException("client '" + client.id() + "' keeps its secret, because " + place
                    + " holds that of client '" + before.client() + "' of '" + before.owner() + "'; say secretIn(…)");
        }
        ClientRegistry.Rotated rotated = registry.rotate(client.id(), secrets.draw());
        boolean first = before.phase() == RotationPhase.MAKING;
        try {
            secrets.put(
                    place,
                    client.clientId(),
                    rotated.secret(),
                    new SecretNotes(
                            owner,
                            client.id(),
                            client.id().equals(before.previous()) ? null : before.previous(),
                            before.generation() + 1,
                            rotated.oldStillWorks() && !first ? RotationPhase.MOVING : RotationPhase.STABLE,
                            null,
                            null));
        } catch (StoreException e) {
            throw new RegistryException("client '" + client.id() + "' has a new secret, but " + e.getMessage()
                    + "; mend that, then rotate again"
                    + (rotated.oldStillWorks() ? "; the old secret still works" : ", for the old secret has ended"));
        }
        if (first) {
            registry.retire(client.id());
        }
        return rotated.oldStillWorks();
    }

    private void update(ClientSpec client, KnownClient found) {
        registry.update(client, owner);
        if (client.proof().hasSecret() && (!found.hasSecret() || planner().isHalfMade(client))) {
            boolean unusedOld = replace(found, client.placeFor(owner));
        }
    }

    private void delete(KnownClient client) {
        registry.delete(client.id());
        for (SecretPlace place : client.hasSecret() ? places(client) : List.<SecretPlace>of()) {
            try {
                if (secrets.notes(place).filter(notes -> isOf(notes, client)).isPresent()) {
                    secrets.remove(place);
                }
            } catch (StoreException e) {
                throw new RegistryException("client '" + client.id() + "' is deleted, but its secret is still in "
                        + place + ": " + e.getMessage() + "; remove it there");
            }
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

    private ClientPlanner planner() {
        return new ClientPlanner(registry, owner, adopted, secrets);
    }

    @Override
    public String toString() {
        return "clients of '" + owner + "' at " + registry.name();
    }
}
