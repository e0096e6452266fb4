package dev.lintel.mesh.verify;

import dev.lintel.core.Problem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which of the probes of one API are sent: first one for each change, then one for each host, then the others. */
final class Choice {
    private final String api;
    private final List<Candidate> all;
    private final Withheld otherwise;
    private final Map<Statement, @Nullable Probe> shown = new LinkedHashMap<>();
    private final Set<Probe> needed = new LinkedHashSet<>();
    private final Set<Probe> wanted = new LinkedHashSet<>();
    private final Set<Probe> taken = new LinkedHashSet<>();

    /**
     * Of one API.
     *
     * @param api its name
     * @param all that might be asked
     * @param statements what is new
     * @param otherwise why nothing shows what nothing shows
     */
    Choice(String api, List<Candidate> all, List<Statement> statements, Withheld otherwise) {
        this.api = api;
        this.all = all;
        this.otherwise = otherwise;
        for (Statement statement : statements) {
            Probe probe = showing(statement);
            shown.put(statement, probe);
            if (probe != null) {
                needed.add(probe);
            }
        }
        wanted.addAll(needed);
        Set<String> hosts = needed.stream().map(each -> each.request().host()).collect(Collectors.toSet());
        List<Probe> usual = all.stream()
                .filter(each -> each.isSent() && !each.isOnlyToSee())
                .map(Candidate::probe)
                .toList();
        usual.stream().filter(each -> hosts.add(each.request().host())).forEach(wanted::add);
        wanted.addAll(usual);
    }

    /** What is asked anyway comes before what reaches a service only to see that it is there. */
    private @Nullable Probe showing(Statement statement) {
        Probe known = null;
        for (Candidate each : all) {
            if (each.isSent()
                    && (known == null || needed.contains(each.probe()))
                    && statement.isShownBy(each.probe())) {
                if (needed.contains(each.probe())) {
                    return each.probe();
                }
                known = each.probe();
            }
        }
        return known;
    }

    /** Takes those that show what is new, as far as there is room; answers how many. */
    int take(int room) {
        needed.stream().limit(Math.max(0, room)).forEach(taken::add);
        return taken.size();
    }

    /** Takes others until there are so many in all, as far as there is room; answers how many more. */
    int fill(int most, int room) {
        int before = taken.size();
        wanted.stream()
                .filter(each -> !taken.contains(each))
                .limit(Math.max(0, Math.min(room, most - before)))
                .toList()
                .forEach(taken::add);
        return taken.size() - before;
    }

    /** What is sent. */
    Set<Probe> taken() {
        return taken;
    }

    /** What is not sent because there is no room, for people. */
    List<String> left() {
        if (taken.size() == wanted.size()) {
            return List.of();
        }
        List<String> left = new ArrayList<>();
        left.add((wanted.size() - taken.size()) + " of " + wanted.size() + " probes of " + api
                + ", which are more than the limit");
        Set<String> asked = taken.stream().map(each -> each.request().host()).collect(Collectors.toSet());
        List<String> hosts = wanted.stream()
                .map(each -> each.request().host())
                .distinct()
                .filter(host -> !asked.contains(host))
                .toList();
        if (!hosts.isEmpty()) {
            left.add(hosts.get(0) + (hosts.size() == 1 ? "" : " and " + (hosts.size() - 1) + " more hosts") + " of "
                    + api);
        }
        return left;
    }

    /** What is new, and shown by nothing that is sent. */
    List<Problem> unproven() {
        List<Problem> found = new ArrayList<>();
        shown.forEach((statement, probe) -> {
            if (probe == null || !taken.contains(probe)) {
                found.add(statement.unproven(probe == null ? why(statement) : Withheld.LIMIT));
            }
        });
        return found;
    }

    private Withheld why(Statement statement) {
        for (Candidate each : all) {
            Withheld withheld = each.withheld();
            if (withheld != null && statement.isShownBy(each.probe())) {
                return withheld;
            }
        }
        return statement.untold() == Withheld.ALIKE ? otherwise : statement.untold();
    }
}
