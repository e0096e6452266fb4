package dev.lintel.core.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Boundaries, callers, exposures and egress in random small worlds, against a specification that is written from the words
 * alone and knows nothing of the evaluator.
 */
class BoundariesPropertyTest {
    private static final int WORLDS = Integer.getInteger("worlds", 400);
    private static final List<String> NAMESPACES = List.of("a", "b", "c");
    private static final List<String> NAMES = List.of("x", "y");
    private static final List<String> WORKLOADS = List.of("x.a", "y.a", "x.b", "y.b", "x.c", "y.c");
    private static final List<String> PATHS = List.of("/", "/in", "/in/", "/in/deep", "/out");

    /** What was said, as plain text: who may call a service at paths that begin with {@code /in}. */
    private record Said(
            Map<String, List<String>> listed,
            Set<String> entering,
            Set<String> tokens,
            Map<String, List<String>> from,
            Map<String, List<String>> to,
            Map<String, List<String>> egress) {}

    @Test
    void areDecidedTogetherForEachWorkload() {
        Set<Reason> seen = EnumSet.noneOf(Reason.class);
        for (long seed = 1; seed <= WORLDS; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Said said = said(random);
            Evaluator evaluator = town(said).evaluator();
            for (String service : WORKLOADS) {
                for (String path : PATHS) {
                    for (String by : withNobody()) {
                        Decision inside = evaluator.decide(Town.call(by, "GET", service, path), Town.FIRST);
                        check(
                                seed,
                                said,
                                "call by '" + by + "' to " + service + path,
                                call(said, by, service, path),
                                inside);
                        Decision entered = evaluator.decide(Town.enter(by, "GET", service, path), Town.FIRST);
                        check(
                                seed,
                                said,
                                "'" + by + "' enters " + service + path,
                                enter(said, by, service, path),
                                entered);
                        note(seen, inside);
                        note(seen, entered);
                    }
                }
            }
            for (String by : WORKLOADS) {
                String namespace = by.substring(2);
                boolean open = said.egress().values().stream().allMatch(List::isEmpty);
                boolean leaves = open || said.egress().get(namespace).contains("psp.example");
                assertThat(evaluator
                                .egress(namespace, by.substring(0, 1), "psp.example", 443)
                                .isAllowed())
                        .as("seed %d, %s leaves, %s", seed, by, said)
                        .isEqualTo(leaves);
            }
        }
        assertThat(seen).contains(Reason.ISOLATED, Reason.CALLER, Reason.NO_TOKEN);
    }

    private static void note(Set<Reason> seen, Decision decision) {
        if (decision instanceof Decision.Refuse refuse) {
            seen.add(refuse.reason());
        }
    }

    private static void check(long seed, Said said, String what, String wanted, Decision decision) {
        assertThat(Town.told(decision)).as("seed %d, %s, %s", seed, what, said).isEqualTo(wanted);
    }

    /** The specification for a call from inside: each boundary that is or may be crossed lets it, then the service does. */
    private static String call(Said said, String by, String service, String path) {
        String there = service.substring(2);
        for (String namespace : NAMESPACES) {
            if (!said.from().containsKey(namespace)) {
                continue;
            }
            boolean crossesIn = namespace.equals(there) && !by.endsWith("." + there);
            boolean mayCrossOut = !namespace.equals(there) && (by.isEmpty() || by.endsWith("." + namespace));
            if (crossesIn && !named(said.from().get(namespace), by)
                    || mayCrossOut && !named(said.to().get(namespace), service)) {
                return "403 ISOLATED";
            }
        }
        return isListed(said, by, service, path) ? "ok" : "403 CALLER";
    }

    /** The specification for what enters by the host: no boundary, but a token, and the service. */
    private static String enter(Said said, String by, String service, String path) {
        if (said.tokens().contains(service)) {
            return "401 NO_TOKEN";
        }
        return said.entering().contains(service) || isListed(said, by, service, path) ? "ok" : "403 CALLER";
    }

    private static boolean isListed(Said said, String by, String service, String path) {
        List<String> listed = said.listed().get(service);
        return !path.startsWith("/in") || listed == null || named(listed, by);
    }

    private static boolean named(List<String> peers, String name) {
        return !name.isEmpty() && (peers.contains(name) || peers.contains(name.substring(2)));
    }

    private static List<String> withNobody() {
        List<String> all = new ArrayList<>(WORKLOADS);
        all.add("");
        return all;
    }

    private static Said said(SplittableRandom random) {
        Said said = new Said(
                new TreeMap<>(), new TreeSet<>(), new TreeSet<>(), new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
        for (String service : WORKLOADS) {
            if (random.nextInt(3) == 0) {
                said.listed().put(service, some(random, "x"));
                if (random.nextBoolean()) {
                    said.entering().add(service);
                }
            }
            if (random.nextInt(4) == 0) {
                said.tokens().add(service);
            }
        }
        for (String namespace : NAMESPACES) {
            if (random.nextInt(2) == 0) {
                said.from().put(namespace, other(random, namespace));
                said.to().put(namespace, other(random, namespace));
            }
            said.egress().put(namespace, random.nextInt(4) == 0 ? List.of("psp.example") : List.of());
        }
        return said;
    }

    private static List<String> other(SplittableRandom random, String namespace) {
        return some(random, namespace).stream()
                .filter(peer -> !peer.equals(namespace) && !peer.endsWith("." + namespace))
                .toList();
    }

    private static List<String> some(SplittableRandom random, String salt) {
        List<String> peers = new ArrayList<>();
        peers.addAll(NAMESPACES);
        peers.addAll(WORKLOADS);
        List<String> chosen = new ArrayList<>(
                peers.stream().filter(peer -> random.nextInt(5) == 0).toList());
        if (chosen.isEmpty() && NAMES.contains(salt)) {
            chosen.add("x.a");
        }
        return chosen;
    }

    private static Town town(Said said) {
        Town town = new Town();
        for (String service : WORKLOADS) {
            town.api(service);
            List<String> listed = said.listed().get(service);
            if (listed != null) {
                String[] peers = listed.toArray(String[]::new);
                if (said.entering().contains(service)) {
                    town.onlyOrEntering("/in/**", peers);
                } else {
                    town.only("/in/**", peers);
                }
            }
            if (said.tokens().contains(service)) {
                town.rule("/**", Requirement.TOKEN);
            }
        }
        said.from()
                .forEach((namespace, from) ->
                        town.isolate(namespace, from, said.to().get(namespace)));
        said.egress().forEach((namespace, hosts) -> hosts.forEach(host -> town.egress(namespace, host)));
        return town;
    }
}
