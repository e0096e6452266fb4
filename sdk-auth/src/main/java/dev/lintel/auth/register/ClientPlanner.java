package dev.lintel.auth.register;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Change;
import dev.lintel.core.plan.Changes;
import dev.lintel.core.plan.Effect;
import dev.lintel.core.plan.Plan;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads what is registered and compares it with what should be. Changes nothing. */
final class ClientPlanner {
    private final ClientRegistry registry;
    private final String owner;
    private final Set<String> adopted;
    private final ClientSecrets secrets;

    ClientPlanner(ClientRegistry registry, String owner, Set<String> adopted, ClientSecrets secrets) {
        this.registry = registry;
        this.owner = owner;
        this.adopted = adopted;
        this.secrets = secrets;
    }

    /** The registered clients that have to do with these, by their identifiers: their namesakes, and all that are ours. */
    Map<String, KnownClient> current(List<ClientSpec> clients) {
        Map<String, KnownClient> current = new TreeMap<>();
        registry.ownedBy(owner).forEach(client -> current.put(client.id(), client));
        for (ClientSpec client : clients) {
            if (!current.containsKey(client.id())) {
                registry.find(client.id()).ifPresent(found -> current.put(client.id(), found));
            }
        }
        return current;
    }

    ClientPlan plan(List<ClientSpec> said) {
        List<Change> changes = new ArrayList<>();
        List<Effect> effects = new ArrayList<>();
        List<Problem> problems = new ArrayList<>();
        List<Problem> warnings = new ArrayList<>();
        for (ClientSpec client : said) {
            said.stream()
                    .filter(other ->
                            client.proof().hasSecret() && !other.id().equals(client.id()) && client.isAlso(other.id()))
                    .forEach(other -> warnings.add(problem(
                            "clients.name-taken",
                            other.id(),
                            "has a name that a second client of '" + client.id()
                                    + "' would get when its secret is replaced, which is refused then",
                            "choose an id without a number at its end")));
        }
        SecretPlaces places = new SecretPlaces(owner, registry, secrets);
        List<ClientSpec> clients = places.settled(said, problems, warnings);
        Map<String, KnownClient> current = current(clients);
        Set<String> wanted = new LinkedHashSet<>();
        for (ClientSpec client : clients) {
            if (!wanted.add(client.id())) {
                problems.add(problem("clients.twice", client.id(), "is asked for twice", "say once what it should be"));
                continue;
            }
            KnownClient found = current.get(client.id());
            changes.add(change(client, found));
            if (found != null && owner.equals(found.owner())) {
                effects.addAll(ClientEffects.of(client.id(), found.facts(), registry.expected(client)));
            }
            check(client, found, problems);
            warnings.addAll(registry.warnings(client));
            if (found != null) {
                places.lost(client, warnings);
                places.isSecondOf(found)
                        .ifPresent(first -> problems.add(problem(
                                "clients.name-taken",
                                client.id(),
                                "is the second client of '" + first
                                        + "', whose secret is being replaced: made by one who was cut off, and to be made anew",
                                "go on with rotation(…).go(…) for '" + first + "', and choose another id here")));
            }
        }
        current.keySet().stream()
                .filter(id -> !wanted.contains(id))
                .forEach(id -> changes.add(new Change.Delete("client " + id)));
        Plan plan = new Plan(
                registry.name(), base(current), MeshModel.EMPTY, changes, effects, problems, warnings, List.of(), null);
        return new ClientPlan(plan, clients);
    }

    /** Whether a client was being registered by one who was cut off before its secret came to the sink. */
    boolean isHalfMade(ClientSpec client) {
        return client.proof().hasSecret() && new SecretPlaces(owner, registry, secrets).isHalfMade(client);
    }

    /** Whether a client is registered as it should be, mark included. */
    boolean isAsWanted(ClientSpec client, @Nullable KnownClient found) {
        return found != null
                && owner.equals(found.owner())
                && (found.place() == null
                        || !client.proof().hasSecret()
                        || found.place().equals(client.placeFor(owner)))
                && found.facts().equals(registry.expected(client));
    }

    /** A name for the state of the server: the same as long as nothing that a plan looks at changes. */
    static String base(Map<String, KnownClient> current) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            current.forEach((id, client) ->
                    digest.update((id + "\n" + text(client.owner(), client.place(), client.facts()) + "\0")
                            .getBytes(StandardCharsets.UTF_8)));
            return HexFormat.of().formatHex(digest.digest(), 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }

    private Change change(ClientSpec client, @Nullable KnownClient found) {
        String object = "client " + client.id();
        SecretPlace place = client.proof().hasSecret() ? client.placeFor(owner) : null;
        String wanted = text(owner, place, registry.expected(client));
        if (found == null) {
            return new Change.Create(object, wanted);
        }
        if (isAsWanted(client, found)) {
            return isHalfMade(client)
                    ? new Change.Update(object, "+secret, which has not come to " + place + "\n")
                    : new Change.Keep(object);
        }
        SecretPlace there = found.place() == null && found.hasSecret() ? place : found.place();
        return new Change.Update(object, Changes.unifiedDiff(text(found.owner(), there, found.facts()), wanted));
    }

    private void check(ClientSpec client, @Nullable KnownClient found, List<Problem> problems) {
        problems.addAll(registry.unable(client));
        String issuer = registry.issuer();
        if (issuer != null && !client.issuers().isEmpty() && !client.issuers().contains(issuer)) {
            problems.add(problem(
                    "clients.issuer",
                    client.id(),
                    "calls APIs that accept tokens of " + client.issuers() + ", but this server issues them as '"
                            + issuer + "'",
                    "register it at the issuer that the definitions name, or name this one there"));
        }
        if (found != null && !owner.equals(found.owner()) && !adopted.contains(client.id())) {
            problems.add(problem(
                    "clients.foreign",
                    client.id(),
                    found.owner() == null
                            ? "is registered already, and not by '" + owner + "'"
                            : "is registered already, and belongs to '" + found.owner() + "', not to '" + owner + "'",
                    "choose another id, or say adopt(\"" + client.id() + "\") if it is to be taken over"));
        }
    }

    static Problem problem(String code, String id, String message, String hint) {
        return new Problem(code, "client " + id, message, hint, Origin.unknown());
    }

    private static String text(@Nullable String owner, @Nullable SecretPlace place, ClientFacts facts) {
        return "owned by " + (owner == null ? "nobody known here" : owner) + "\n" + facts.text()
                + (place == null ? "" : "secret in " + place + "\n");
    }
}
