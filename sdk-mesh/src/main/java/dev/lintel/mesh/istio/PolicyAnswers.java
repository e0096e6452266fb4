package dev.lintel.mesh.istio;

import dev.lintel.core.Peer;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.Requirement;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Answers what the rules of a workload ask of a request and who inside may make it. Readers ask about many requests, about
 * some of them several times; which rules speak of a request decides everything, so that each set of rules is asked once.
 */
final class PolicyAnswers {
    private final List<PolicyRule> allow;
    private final List<PolicyRule> deny;
    private final List<PolicyRule> boundary;
    private final boolean allows;
    private final Peer gateway;
    private final Consumer<String> problems;
    private final Map<String, Peer> strangers;
    private final List<Peer> named;
    private final Map<String, BitSet> speaking = new HashMap<>();
    private final Map<BitSet, Requirement> asked = new HashMap<>();
    private final Map<BitSet, Optional<List<Peer>>> inside = new HashMap<>();

    /**
     * Answers by some rules.
     *
     * @param allows whether whatever no rule allows is refused
     * @param gateway who sends what enters
     * @param problems takes what is not read
     */
    PolicyAnswers(
            List<PolicyRule> allow,
            List<PolicyRule> deny,
            List<PolicyRule> boundary,
            boolean allows,
            Peer gateway,
            Consumer<String> problems) {
        this.allow = List.copyOf(allow);
        this.deny = List.copyOf(deny);
        this.boundary = List.copyOf(boundary);
        this.allows = allows;
        this.gateway = gateway;
        this.problems = problems;
        this.strangers = others();
        this.named = named();
    }

    /** Which rules speak of a request: first those that refuse, then boundaries, then those that allow. */
    private BitSet speaking(String path, String method) {
        return speaking.computeIfAbsent(method + " " + path, request -> {
            BitSet set = new BitSet();
            int at = 0;
            for (List<PolicyRule> some : List.of(deny, boundary, allow)) {
                for (PolicyRule rule : some) {
                    set.set(at++, rule.covers(path, method));
                }
            }
            return set;
        });
    }

    /** Those of a list of rules that speak of a request, of which the first has a number in the set. */
    private static List<PolicyRule> of(BitSet speaking, List<PolicyRule> rules, int first) {
        List<PolicyRule> some = new ArrayList<>();
        for (int i = 0; i < rules.size(); i++) {
            if (speaking.get(first + i)) {
                some.add(rules.get(i));
            }
        }
        return some;
    }

    /** What is asked of a request that enters, as the workload's proxy sees it. */
    Requirement asked(String path, String method) {
        return asked.computeIfAbsent(speaking(path, method), this::asked);
    }

    private Requirement asked(BitSet speaking) {
        boolean token = false;
        List<PolicyRule> refusing = of(speaking, deny, 0);
        refusing.addAll(of(speaking, boundary, deny.size()));
        for (PolicyRule rule : refusing) {
            for (Source source : rule.of(gateway)) {
                if (source.tokens() == Source.Tokens.NOT_ASKED) {
                    return Requirement.DENIED;
                }
                token |= source.tokens() == Source.Tokens.MISSING;
            }
        }
        List<Grant> grants = new ArrayList<>();
        for (PolicyRule rule : of(speaking, allow, deny.size() + boundary.size())) {
            for (Source source : rule.of(gateway)) {
                if (source.tokens() == Source.Tokens.NOT_ASKED && !rule.asksForToken(source)) {
                    return token ? Requirement.TOKEN : Requirement.PUBLIC;
                }
                boolean met = source.tokens() != Source.Tokens.IMPOSSIBLE && source.tokens() != Source.Tokens.MISSING;
                if (met && !grants.contains(rule.grant())) {
                    grants.add(rule.grant());
                }
            }
        }
        if (!allows) {
            return token ? Requirement.TOKEN : Requirement.PUBLIC;
        }
        return grants.isEmpty() ? Requirement.DENIED : new Requirement.Token(grants);
    }

    /** Who inside may call, in the order of their names; empty for everybody, the gateway alone for nobody else. */
    Optional<List<Peer>> inside(String path, String method) {
        return inside.computeIfAbsent(speaking(path, method), this::inside);
    }

    private Optional<List<Peer>> inside(BitSet speaking) {
        Set<Peer> listed = new TreeSet<>();
        Set<Peer> left = new TreeSet<>();
        strangers.values().forEach(who -> (passes(who, speaking) ? listed : left).add(who));
        Peer nobody = strangers.get("");
        boolean everybody = nobody != null && listed.contains(nobody);
        for (Peer who : named) {
            Peer other = strangers.get(who.namespace());
            boolean all = other != null && listed.contains(other);
            boolean passes = passes(who, speaking);
            if (all != passes && (all || everybody)) {
                problems.accept("keeps out some callers inside only, as " + who);
            }
            if (passes && !all) {
                listed.add(who);
            }
        }
        if (everybody) {
            left.forEach(who ->
                    problems.accept("keeps out some callers inside only, as those of '" + who.namespace() + "'"));
            return left.isEmpty() ? Optional.empty() : Optional.of(List.of(gateway));
        }
        List<Peer> peers = listed.stream()
                .map(who -> strangers.containsValue(who) ? new Peer(who.namespace(), null) : who)
                .toList();
        return Optional.of(peers.isEmpty() ? List.of(gateway) : peers);
    }

    /** For each namespace that is named, and with an empty name for all others, a workload that nobody names. */
    private Map<String, Peer> others() {
        Set<String> names = new TreeSet<>();
        Set<String> accounts = new TreeSet<>(Set.of("any"));
        whos().forEach(who -> {
            names.add(String.valueOf(who.namespace()));
            accounts.add(String.valueOf(who.account()));
        });
        String fresh = "any" + accounts.size();
        for (int i = 0; accounts.contains(fresh) || names.contains(fresh); i++) {
            fresh = "any-" + i;
        }
        Map<String, Peer> found = new TreeMap<>();
        found.put("", new Peer(fresh, fresh));
        for (String name : names) {
            found.put(name, new Peer(name, fresh));
        }
        return found;
    }

    private List<Peer> named() {
        return whos().filter(who -> who.account() != null)
                .map(who -> new Peer(String.valueOf(who.namespace()), who.account()))
                .distinct()
                .filter(who -> !who.equals(gateway))
                .toList();
    }

    private Stream<Who> whos() {
        return Stream.concat(allow.stream(), deny.stream())
                .flatMap(rule -> rule.sources().stream())
                .flatMap(Source::named)
                .filter(who -> who.namespace() != null && !who.namespace().isEmpty());
    }

    private boolean passes(Peer who, BitSet speaking) {
        for (PolicyRule rule : of(speaking, deny, 0)) {
            for (Source source : rule.of(who)) {
                if (source.tokens() != Source.Tokens.NOT_ASKED || rule.asksForToken(source)) {
                    problems.accept("asks callers inside for tokens");
                }
                return false;
            }
        }
        boolean token = false;
        for (PolicyRule rule : of(speaking, allow, deny.size() + boundary.size())) {
            for (Source source : rule.of(who)) {
                if (source.tokens() == Source.Tokens.NOT_ASKED && !rule.asksForToken(source)) {
                    return true;
                }
                token |= source.tokens() != Source.Tokens.IMPOSSIBLE;
            }
        }
        if (token) {
            problems.accept("asks callers inside for tokens");
        }
        return !allows;
    }
}
