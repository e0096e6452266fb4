package dev.lintel.embedded.world;

import dev.lintel.auth.jwt.TokenVerifier;
import dev.lintel.auth.jwt.TokenVerifiers;
import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Version;
import dev.lintel.embedded.balance.Locality;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.balance.Tally;
import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.elsewhere.FarSides;
import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.login.ApiLogin;
import dev.lintel.embedded.login.HostFields;
import dev.lintel.embedded.login.Logins;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What decides and where requests go, at one moment; unchangeable. A request looks once and keeps what it saw, so a new
 * model never meets an old binding half way.
 */
public final class View {
    private final int generation;
    private final Evaluator evaluator;
    private final Bindings bindings;
    private final TokenVerifiers verifiers;
    private final FarSides farSides;
    private final Logins logins;
    private final Fronts fronts;
    private final boolean anyLogin;
    /** By identity: the evaluator answers with the very API of its model, and hashing a record reads all of it. */
    private final IdentityHashMap<ApiModel, Targets> targets = new IdentityHashMap<>();

    private final Surroundings around;
    private final boolean asks;

    private View(
            int generation,
            Evaluator evaluator,
            Bindings bindings,
            TokenVerifiers verifiers,
            FarSides farSides,
            Logins logins,
            Fronts fronts,
            Surroundings around,
            @Nullable View before) {
        this.logins = logins;
        this.fronts = fronts;
        this.around = around;
        this.generation = generation;
        this.farSides = farSides;
        this.verifiers = verifiers;
        this.evaluator = evaluator;
        this.bindings = bindings;
        this.asks =
                evaluator.model().apis().stream().anyMatch(api -> api.entry().authorizer() != null);
        for (ApiModel api : evaluator.model().apis()) {
            targets.put(api, targets(api, before == null ? null : before.targets(api.id())));
        }
        this.anyLogin = targets.values().stream().anyMatch(of -> of.login != null);
    }

    private @Nullable Targets targets(String api) {
        return evaluator.model().api(api).map(targets::get).orElse(null);
    }

    /** What is known about workloads goes on as long as they and the rules about them are the same. */
    private Targets targets(ApiModel api, @Nullable Targets before) {
        Terms terms = Terms.of(api.service());
        SortedMap<String, Group> versions = new TreeMap<>();
        Set<String> names = Needs.versions(api);
        api.service().versions().stream().map(Version::name).forEach(names::add);
        for (String name : names) {
            Group group = Needs.bound(api, name, bindings);
            if (group != null) {
                Meter meter = around.meters().of(api.id(), name);
                versions.put(
                        name,
                        group.under(terms, null, around, meter, before == null ? null : before.versions.get(name)));
            }
        }
        FarSide far = farSides.of(api);
        Served served = fronts.of(api);
        Group any = served != null ? served.group() : far == null ? bindings.all(Needs.service(api)) : group(far, api);
        if (any != null && api.service().split() == null) {
            any = any.under(terms, far, around, null, before == null ? null : before.any);
        }
        List<Issuer> issuers = api.entry().access().issuers();
        return new Targets(
                any,
                versions,
                issuers.isEmpty() ? null : verifiers.of(issuers),
                far,
                logins.of(api),
                HostFields.of(api, evaluator.model().apis()));
    }

    /** A workload that is bound without a version stands for the far side; one with a version may be a mirror. */
    private @Nullable Group group(FarSide far, ApiModel api) {
        Group bound = bindings.version(Needs.service(api), Bindings.UNVERSIONED);
        return bound != null || far.address() == null
                ? bound
                : new Group(List.of(new Instance.Remote(far.address(), Locality.UNKNOWN, far.calls())));
    }

    private record Targets(
            @Nullable Group any,
            SortedMap<String, Group> versions,
            @Nullable TokenVerifier verifier,
            @Nullable FarSide far,
            @Nullable ApiLogin login,
            @Nullable HostFields fields) {
        List<Group> groups() {
            List<Group> groups = new ArrayList<>(versions.values());
            if (any != null) {
                groups.add(any);
            }
            return groups;
        }
    }

    /** The view of a world in which nothing is exposed. */
    public static View empty(
            Evaluator evaluator,
            TokenVerifiers verifiers,
            FarSides farSides,
            Logins logins,
            Fronts fronts,
            Surroundings around) {
        return new View(0, evaluator, Bindings.NONE, verifiers, farSides, logins, fronts, around, null);
    }

    /** The same world, decided by another model. */
    public View apply(MeshModel model) {
        View next = new View(
                generation + 1, evaluator.next(model), bindings, verifiers, farSides, logins, fronts, around, this);
        around.meters().retain(model.apis());
        farSides.retain(model);
        logins.retain(model);
        fronts.retain(model);
        verifiers.retain(
                model.apis().stream().map(api -> api.entry().access().issuers()).toList());
        return next;
    }

    /** The same model, with other workloads. */
    public View bind(Bindings changed) {
        return new View(generation, evaluator, changed, verifiers, farSides, logins, fronts, around, this);
    }

    /** An earlier view's model and workloads, with nothing counted and no key known. */
    public View back(View earlier) {
        verifiers.retain(List.of());
        around.meters().retain(List.of());
        around.tally().reset();
        Evaluator fresh = evaluator.next(MeshModel.EMPTY).next(earlier.evaluator.model());
        farSides.retain(MeshModel.EMPTY);
        logins.retain(MeshModel.EMPTY);
        fronts.retain(MeshModel.EMPTY);
        return new View(
                generation + 1, fresh, earlier.bindings.afresh(), verifiers, farSides, logins, fronts, around, null);
    }

    /** Begins to look after its workloads, where that was not begun by the view before; then the other's are left alone. */
    public void succeed(View before) {
        Set<Fleet> kept = fleets();
        kept.forEach(Fleet::start);
        for (Fleet fleet : before.fleets()) {
            if (!kept.contains(fleet)) {
                fleet.stop();
            }
        }
    }

    /** Looks after its workloads no more. */
    public void stop() {
        fleets().forEach(Fleet::stop);
    }

    private Set<Fleet> fleets() {
        Set<Fleet> fleets = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Targets of : targets.values()) {
            for (Group group : of.groups()) {
                if (group.fleet() != null) {
                    fleets.add(group.fleet());
                }
            }
        }
        return fleets;
    }

    /** How many workloads are put out now. */
    public int ejected() {
        return fleets().stream().mapToInt(Fleet::ejected).sum();
    }

    /** The workloads of an API as they are now, by version; null if it is not exposed. */
    public @Nullable List<Group.Seen> seen(String api) {
        Targets of = targets(api);
        if (of == null) {
            return null;
        }
        List<Group.Seen> seen = new ArrayList<>();
        of.versions.forEach((version, group) -> seen.addAll(group.seen(version)));
        if (of.any != null && of.versions.isEmpty()) {
            seen.addAll(of.any.seen(Bindings.UNVERSIONED));
        }
        return seen;
    }

    /** Whether it is known that no workload of a version can take a call. */
    boolean isUnready(String api, String version) {
        Targets of = targets(api);
        Group group = of == null ? null : of.versions.get(version);
        return group != null && group.isUnready();
    }

    /** How calls went. */
    public Meters meters() {
        return around.meters();
    }

    /** What happened to all versions together. */
    public Tally tally() {
        return around.tally();
    }

    /** How many models there were before this one. */
    public int generation() {
        return generation;
    }

    public Evaluator evaluator() {
        return evaluator;
    }

    public Bindings bindings() {
        return bindings;
    }

    /** Whether anybody outside is asked about requests. */
    public boolean asks() {
        return asks;
    }

    /** Who judges the tokens for an API; null if it trusts no issuer. */
    public @Nullable TokenVerifier verifier(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.verifier;
    }

    /** Who lets people log in for an API; null if they do not. */
    public @Nullable ApiLogin login(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.login;
    }

    /** What only logins may say at the hosts of an API; null if nobody logs in there. */
    public @Nullable HostFields loginFields(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.fields;
    }

    /** Whether people log in for any API. */
    public boolean anyLogin() {
        return anyLogin;
    }

    /** Where the service of an API is; null if it is not elsewhere. */
    public @Nullable FarSide farSide(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.far;
    }

    /** The time of what happens by itself. */
    public Time time() {
        return around.time();
    }

    /** Reads the secrets of far sides. */
    public SecretReader secrets() {
        return farSides.secrets();
    }

    /** How many requests were given to what is bound and to far sides, by service and version as people write them. */
    public SortedMap<String, Long> calls() {
        SortedMap<String, Long> calls = bindings.calls();
        targets.forEach((api, of) -> {
            if (of.far != null && of.far.address() != null) {
                calls.merge(Needs.service(api), of.far.calls().sum(), Long::sum);
            }
        });
        return calls;
    }

    /** What is bound for a version of an API; null if nothing is. */
    public @Nullable Group version(ApiModel api, String version) {
        Targets of = targets.get(api);
        return of == null ? null : of.versions.get(version);
    }

    /** Where an allowed request goes; null if nothing is bound there. */
    public @Nullable Group target(Forward forward) {
        Targets of = targets.get(forward.api());
        if (of == null) {
            return null;
        }
        String version = forward.version();
        return version == null ? of.any : of.versions.get(version);
    }
}
