package dev.lintel.core.plan;

import dev.lintel.core.Origin;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Grant.ClaimRule;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HeaderChanges;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/** Models for tests, written in few words. */
final class Fixture {
    private Fixture() {}

    static MeshModel world(ApiModel... apis) {
        return new MeshModel(Arrays.stream(apis)
                .sorted(Comparator.comparing(ApiModel::namespace).thenComparing(ApiModel::name))
                .toList());
    }

    static ApiModel api(String name, Access access) {
        return api(name, List.of(name + ".shop.localhost"), access, false, List.of());
    }

    static ApiModel api(String name, List<String> hosts, Access access, boolean parameters, List<GuardRule> guards) {
        Route rest = new Route(Match.any(), null, Origin.unknown());
        Entry entry = new Entry(hosts, access, List.of(rest), List.of(), HeaderChanges.NONE, parameters);
        return new ApiModel(name, "shop", entry, service(name), guards, Origin.at("Apis.java", 1));
    }

    static Service service(String name) {
        return new Service(name, 80, Map.of("app", name), List.of(), null, null, null);
    }

    static Access access(List<String> issuers, List<String> audiences, AccessRule... rules) {
        List<AccessRule> sorted = new ArrayList<>(Arrays.asList(rules));
        sorted.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return new Access(issuers.stream().map(Fixture::issuer).toList(), audiences, sorted);
    }

    static Issuer issuer(String issuer) {
        return new Issuer(issuer, null, List.of("RS256"), Origin.at("Apis.java", 2));
    }

    /** Line 10 and on. */
    static AccessRule rule(int line, String endpoint, Requirement requirement) {
        return new AccessRule(Endpoint.parse(endpoint), requirement, Origin.at("Apis.java", line));
    }

    static Requirement scope(String... scopes) {
        return new Requirement.Token(List.of(new Grant(List.of(scopes), List.of())));
    }

    static Requirement claim(String name, String... anyOf) {
        return new Requirement.Token(List.of(new Grant(List.of(), List.of(new ClaimRule(name, List.of(anyOf))))));
    }

    static Requirement either(Requirement... some) {
        List<Grant> grants = new ArrayList<>();
        for (Requirement one : some) {
            grants.addAll(((Requirement.Token) one).anyOf());
        }
        return new Requirement.Token(grants);
    }

    /** A guard that lets nobody through. */
    record Closed(String describe) implements GuardRule {
        @Override
        public String kind() {
            return "test.closed/v1";
        }

        @Override
        public Origin origin() {
            return Origin.at("Apis.java", 9);
        }

        @Override
        public Guard start(InstantSource clock) {
            return call -> new Guard.Refusal(429, describe);
        }
    }
}
