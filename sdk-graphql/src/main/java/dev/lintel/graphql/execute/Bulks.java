package dev.lintel.graphql.execute;

import dev.lintel.graphql.upstream.UpstreamCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Makes calls, several as one where a rule says so; what that does not answer is asked for by itself. */
final class Bulks {
    private record Group(Bulk bulk, List<Call> members, Call call) {}

    private final SortedMap<String, Bulk> bulks;
    private final Calls calls;
    private final Requests requests;

    Bulks(SortedMap<String, Bulk> bulks, Calls calls, Requests requests) {
        this.bulks = bulks;
        this.calls = calls;
        this.requests = requests;
    }

    /** Two calls or more may become one, which may answer nothing of use. */
    long foretold(long cost) {
        return bulks.isEmpty() ? cost : cost + cost / 2;
    }

    @Nullable
    Bulk of(Target target) {
        return bulks.get(target.operation().key());
    }

    /** Answers how many calls were made. Only those that links lead to are made together: others are few, and said. */
    int make(List<Call> all, Set<Call> linked, int most) {
        if (bulks.isEmpty() || all.size() < 2) {
            calls.make(all);
            return all.size();
        }
        List<Call> alone = new ArrayList<>();
        List<Group> groups = groups(all, linked, alone);
        groups.forEach(group -> alone.add(group.call()));
        calls.make(alone);
        List<Call> left = new ArrayList<>();
        groups.forEach(group -> left.addAll(group.bulk().share(group.call().result(), group.members())));
        int more = Math.max(0, Math.min(left.size(), most - alone.size()));
        left.subList(more, left.size()).forEach(call -> call.result(Call.Result.of(UpstreamCode.UPSTREAM_BUDGET)));
        if (more > 0) {
            calls.make(left.subList(0, more));
        }
        return alone.size() + more;
    }

    private List<Group> groups(List<Call> all, Set<Call> linked, List<Call> alone) {
        Map<String, List<Call>> fitting = new LinkedHashMap<>();
        for (Call call : all) {
            Bulk bulk = bulks.get(call.target().operation().key());
            if (bulk != null && linked.contains(call) && bulk.fits(call)) {
                fitting.computeIfAbsent(bulk.rule().single(), key -> new ArrayList<>())
                        .add(call);
            } else {
                alone.add(call);
            }
        }
        List<Group> groups = new ArrayList<>();
        fitting.forEach((key, members) -> {
            Bulk bulk = Objects.requireNonNull(bulks.get(key));
            for (int from = 0; from < members.size(); from += bulk.rule().most()) {
                List<Call> some = members.subList(
                        from, Math.min(members.size(), from + bulk.rule().most()));
                if (some.size() == 1) {
                    alone.addAll(some);
                } else {
                    groups.add(new Group(bulk, some, call(bulk, some)));
                }
            }
        });
        return groups;
    }

    private Call call(Bulk bulk, List<Call> members) {
        Map<String, Object> arguments = bulk.arguments(members);
        Duration timeout = members.get(0).request().timeout();
        return members.get(0).instead(bulk.many(), arguments, requests.write(bulk.many(), arguments, timeout));
    }
}
