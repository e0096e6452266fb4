package dev.lintel.embedded.world;

import dev.lintel.auth.jwt.TokenVerifier;
import dev.lintel.auth.jwt.TokenVerifiers;
import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.embedded.elsewhere.FarSide;
import dev.lintel.embedded.elsewhere.FarSides;
import dev.lintel.embedded.elsewhere.SecretReader;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
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
    /** By identity: the evaluator answers with the very API of its model, and hashing a record reads all of it. */
    private final IdentityHashMap<ApiModel, Targets> targets = new IdentityHashMap<>();

    private View(int generation, Evaluator evaluator, Bindings bindings, TokenVerifiers verifiers, FarSides farSides) {
        this.generation = generation;
        this.farSides = farSides;
        this.verifiers = verifiers;
        this.evaluator = evaluator;
        this.bindings = bindings;
        for (ApiModel api : evaluator.model().apis()) {
            targets.put(api, Targets.of(api, bindings, verifiers, farSides.of(api)));
        }
    }

    private record Targets(
            @Nullable Group any,
            Map<String, Group> versions,
            @Nullable TokenVerifier verifier,
            @Nullable FarSide far) {
        static Targets of(ApiModel api, Bindings bindings, TokenVerifiers verifiers, @Nullable FarSide far) {
            Map<String, Group> versions = new HashMap<>();
            for (String name : Needs.versions(api)) {
                Group group = Needs.bound(api, name, bindings);
                if (group != null) {
                    versions.put(name, group);
                }
            }
            List<Issuer> issuers = api.entry().access().issuers();
            Group any = far == null ? bindings.all(Needs.service(api)) : group(far, api, bindings);
            return new Targets(any, versions, issuers.isEmpty() ? null : verifiers.of(issuers), far);
        }

        /** A workload that is bound without a version stands for the far side; one with a version may be a mirror. */
        private static @Nullable Group group(FarSide far, ApiModel api, Bindings bindings) {
            Group bound = bindings.version(Needs.service(api), Bindings.UNVERSIONED);
            return bound != null || far.address() == null
                    ? bound
                    : new Group(List.of(new Instance.Remote(far.address(), far.calls())));
        }
    }

    /** The view of a world in which nothing is exposed. */
    public static View empty(Evaluator evaluator, TokenVerifiers verifiers, FarSides farSides) {
        return new View(0, evaluator, Bindings.NONE, verifiers, farSides);
    }

    /** The same world, decided by another model. */
    public View apply(MeshModel model) {
        View next = new View(generation + 1, evaluator.next(model), bindings, verifiers, farSides);
        farSides.retain(model);
        verifiers.retain(
                model.apis().stream().map(api -> api.entry().access().issuers()).toList());
        return next;
    }

    /** The same model, with other workloads. */
    public View bind(Bindings changed) {
        return new View(generation, evaluator, changed, verifiers, farSides);
    }

    /** An earlier view's model and workloads, with nothing counted and no key known. */
    public View back(View earlier) {
        verifiers.retain(List.of());
        Evaluator fresh = evaluator.next(MeshModel.EMPTY).next(earlier.evaluator.model());
        farSides.retain(MeshModel.EMPTY);
        return new View(generation + 1, fresh, earlier.bindings.afresh(), verifiers, farSides);
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

    /** Who judges the tokens for an API; null if it trusts no issuer. */
    public @Nullable TokenVerifier verifier(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.verifier;
    }

    /** Where the service of an API is; null if it is not elsewhere. */
    public @Nullable FarSide farSide(ApiModel api) {
        Targets of = targets.get(api);
        return of == null ? null : of.far;
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
