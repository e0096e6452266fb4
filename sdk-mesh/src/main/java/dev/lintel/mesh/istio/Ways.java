package dev.lintel.mesh.istio;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.SplitRule;
import dev.lintel.mesh.istio.Hits.Hit;
import dev.lintel.mesh.istio.HttpRule.Entry;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The rules that a service's choices and its split become, wherever a route leaves the version to them.
 *
 * @param choices in their order
 * @param split null for any workload
 */
record Ways(List<Choice> choices, @Nullable SplitRule split) {
    /**
     * One rule.
     *
     * @param entry what it asks for beside path and method
     * @param version where it leads; null by weight
     */
    record Way(Entry entry, @Nullable String version) {}

    /** Tells where a rule leads. */
    interface Leads {
        /** Whether it leads to a version, or, with null, by a split. */
        boolean test(Hit hit, @Nullable String version, @Nullable SplitRule split);
    }

    /**
     * How many of some rules, from one on, are these ways for all requests with some headers and parameters.
     *
     * @param hits rules in their order; those before {@code from} have taken what they ask for
     * @param leads where rules lead
     * @return 0 if they are something else
     */
    int count(List<Hit> hits, int from, Entry common, Leads leads) {
        List<Entry> taken = new ArrayList<>();
        hits.subList(0, from).forEach(hit -> taken.add(hit.entry()));
        int at = from;
        for (Way way : of(common)) {
            if (taken.stream().anyMatch(entry -> entry.takes(way.entry()))) {
                continue;
            }
            taken.add(way.entry());
            if (at == hits.size()
                    || !hits.get(at).entry().asksLike(way.entry())
                    || !leads.test(hits.get(at), way.version(), split)) {
                return 0;
            }
            at++;
        }
        return at - from;
    }

    private List<Way> of(Entry common) {
        List<Way> ways = new ArrayList<>();
        for (Choice choice : choices) {
            Condition when = choice.when();
            if (when.by() == Condition.By.COOKIE) {
                ways.add(new Way(common.cookie(when.name(), when.value()), choice.version()));
            } else if (when.value().equals(common.headers().getOrDefault(when.name(), when.value()))) {
                ways.add(new Way(common.header(when.name(), when.value()), choice.version()));
            }
        }
        if (split != null && split.sticky() != null) {
            String cookie = split.sticky().name();
            split.shares().stream()
                    .filter(share -> share.weight() > 0)
                    .forEach(share -> ways.add(new Way(common.cookie(cookie, share.version()), share.version())));
        }
        ways.add(new Way(common, null));
        return ways;
    }

    /** The condition of a rule that asks for one header or one cookie and nothing else. */
    static Optional<Condition> condition(Entry entry) {
        Map<String, String> headers = new LinkedHashMap<>(entry.headers());
        if (!entry.query().isEmpty() || headers.size() + (entry.cookie() == null ? 0 : 1) != 1) {
            return Optional.empty();
        }
        return Optional.of(
                entry.cookie() == null
                        ? Condition.header(
                                headers.keySet().iterator().next(),
                                headers.values().iterator().next())
                        : Condition.cookie(entry.cookie().name(), entry.cookie().value()));
    }
}
