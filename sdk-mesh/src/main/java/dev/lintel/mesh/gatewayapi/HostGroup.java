package dev.lintel.mesh.gatewayapi;

import dev.lintel.mesh.Dialect.Read;
import dev.lintel.mesh.Manifest;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The APIs that share some hosts while they are read. All their routes are in one order, so that who has which paths is
 * read from who gets them.
 */
final class HostGroup {
    private final List<RouteGroup> guests = new ArrayList<>();
    private final Map<RouteGroup, List<Manifest>> beside = new LinkedHashMap<>();

    private HostGroup() {}

    /** Groups by the hosts that they share; whoever shares some of its hosts only, is told. */
    static List<HostGroup> of(Collection<RouteGroup> groups) {
        Map<Object, HostGroup> all = new LinkedHashMap<>();
        Map<String, RouteGroup> first = new LinkedHashMap<>();
        for (RouteGroup group : groups) {
            Object key = group.hosts().isEmpty() ? group : List.of(group.namespace(), new TreeSet<>(group.hosts()));
            HostGroup together = all.computeIfAbsent(key, hosts -> new HostGroup());
            together.guests.forEach(group::unsure);
            together.guests.add(group);
            for (String host : group.hosts()) {
                RouteGroup other = first.putIfAbsent(host, group);
                if (other != null && !together.guests.contains(other)) {
                    group.problem("shares the host '" + host + "' with " + other.namespace() + "/" + other.name()
                            + ", but not all of its hosts, or from another namespace");
                }
            }
        }
        return List.copyOf(all.values());
    }

    List<RouteGroup> guests() {
        return guests;
    }

    /** What the routes say to requests from outside. */
    Manifest entry() {
        return RouteGroup.entry(guests);
    }

    /**
     * The reading with the fewest problems of what is said beside the routes and in them, for one API after the other.
     *
     * @param guesses what may be said beside the routes of an API
     * @param reader of this and the routes
     */
    Read best(Function<RouteGroup, List<List<Manifest>>> guesses, Function<List<Manifest>, Read> reader) {
        Map<RouteGroup, List<List<Manifest>>> all = new LinkedHashMap<>();
        for (RouteGroup guest : guests) {
            if (guests.size() == 1) {
                List<List<Manifest>> some = guesses.apply(guest);
                guest.say(RouteGroup.DEPTHS.get(0));
                all.put(guest, some);
                beside.put(guest, some.get(0));
            } else {
                // What explains an API by itself mostly explains it beside others, and is found much faster.
                HostGroup alone = new HostGroup();
                alone.guests.add(guest);
                Read read = alone.best(guesses, reader);
                beside.put(guest, alone.beside.getOrDefault(guest, List.of()));
                all.put(guest, read.problems().isEmpty() ? List.of() : guesses.apply(guest));
            }
        }
        Read best = read(reader);
        for (RouteGroup guest : guests) {
            if (best.problems().isEmpty()) {
                break;
            }
            best = better(guest, all.getOrDefault(guest, List.of()), best, reader);
        }
        return best;
    }

    private Read better(
            RouteGroup guest, List<List<Manifest>> guesses, Read known, Function<List<Manifest>, Read> reader) {
        Read best = known;
        Predicate<Asked> depth = guest.depth();
        List<Manifest> said = beside.getOrDefault(guest, List.of());
        for (Predicate<Asked> other : RouteGroup.DEPTHS) {
            guest.say(other);
            for (List<Manifest> guess : guesses) {
                beside.put(guest, guess);
                Read read = best.problems().isEmpty() ? best : read(reader);
                if (read.problems().size() < best.problems().size()) {
                    best = read;
                    depth = other;
                    said = guess;
                }
            }
        }
        guest.say(depth);
        beside.put(guest, said);
        return best;
    }

    private Read read(Function<List<Manifest>, Read> reader) {
        List<Manifest> lowered = new ArrayList<>();
        beside.values().forEach(lowered::addAll);
        lowered.add(entry());
        return reader.apply(lowered);
    }
}
