package dev.lintel.kubernetes;

import dev.lintel.kubernetes.Istiods.Proxy;
import dev.lintel.kubernetes.Istiods.Work;
import dev.lintel.mesh.Manifest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Whether proxies have taken over what was written, as istiods say: ADR 42 tells why this is so, and what it does not prove.
 *
 * <p>Every istiod knows what was written. After that it has put its changes in line for all proxies twice, or was told of
 * nothing for a while. Every proxy whose listeners or routes a change makes anew has been sent others than before, and every
 * one has taken the last of all that it was sent.
 */
final class Acknowledged {
    /** Longer than istiod gathers changes unless told otherwise, which is a tenth of a second. */
    private static final Duration QUIET = Duration.ofMillis(400);

    /** So long a proxy that was connected before may take to come back; who does not has ended. */
    private static final Duration BACK = Duration.ofSeconds(15);

    /** The last look, when the time is over, takes no longer. */
    private static final Duration LAST = Duration.ofSeconds(1);

    /** Who knows twice what was written knows all of it: the first time may have begun before. */
    private static final int TWICE = 2;

    private static final int TOLD = 20;
    private static final String LISTENER = "Listener";
    private static final String ROUTES = "RouteConfiguration";
    /** By these every sidecar and gateway of their namespace gets other listeners, and by those of the root namespace all. */
    private static final Set<String> POLICIES =
            Set.of("AuthorizationPolicy", "PeerAuthentication", "RequestAuthentication");

    private static final Set<String> LISTENING = Set.of("router", "sidecar");
    /** As istiod keeps them; it makes others out of the rest. */
    private static final Set<String> KEPT = Set.of(
            "AuthorizationPolicy",
            "DestinationRule",
            "Gateway",
            "PeerAuthentication",
            "RequestAuthentication",
            "ServiceEntry",
            "Sidecar");

    private final Istiods istiods;
    private final Pauses pauses;
    private final Duration limit;
    private final Map<String, LiveObject> written = new LinkedHashMap<>();
    private final Set<String> gone = new LinkedHashSet<>();
    private final Set<String> closed = new LinkedHashSet<>();
    private Set<String> roots = Set.of();
    private boolean led;
    private @Nullable Map<String, Proxy> before;
    private Map<String, Proxy> now = Map.of();
    private @Nullable Long since;
    private List<Work> marks = List.of();
    private long quietSince;
    private long all = -1;
    private final Map<String, Long> missing = new TreeMap<>();

    /**
     * For one apply.
     *
     * @param limit so long it is asked at each stage, all answers read to their end
     */
    Acknowledged(Istiods istiods, Pauses pauses, Duration limit) {
        this.istiods = istiods;
        this.pauses = pauses;
        this.limit = limit;
    }

    /**
     * Looks at what proxies have before anything of a stage is written.
     *
     * @throws IOException if an istiod cannot be asked, or knows of nobody, so that it is another one that serves proxies
     */
    void begin() throws IOException {
        before = null;
        written.clear();
        gone.clear();
        closed.clear();
        led = false;
        marks = List.of();
        missing.clear();
        since = null;
        Istiods.Look look = istiods.look(shorter(istiods.patience(), limit));
        Map<String, Proxy> there = look.proxies();
        if (there.isEmpty()) {
            throw new IOException("no proxy is connected to it");
        }
        // Whose work cannot be told is not asked later either.
        List<Work> unusedWork = look.work();
        roots = look.roots();
        before = there;
    }

    /** Whether proxies were looked at before. */
    boolean hasBegun() {
        return before != null;
    }

    void written(List<LiveObject> answers) {
        for (LiveObject each : answers) {
            Manifest manifest = each.manifest();
            gone.remove(key(manifest));
            written.put(key(manifest), each);
            touched(manifest);
        }
    }

    void deleted(List<Manifest> manifests) {
        for (Manifest each : manifests) {
            written.remove(key(each));
            gone.add(key(each));
            touched(each);
        }
    }

    private void touched(Manifest manifest) {
        if (POLICIES.contains(manifest.kind())) {
            closed.add(manifest.namespace());
        }
        led |= manifest.kind().equals("VirtualService");
    }

    private static String key(Manifest manifest) {
        return manifest.kind() + " " + manifest.namespace() + "/" + manifest.name();
    }

    /** So many proxies have taken it over: those that were connected when nothing was open any more. */
    int proxies() {
        return now.size();
    }

    /** Proxies that were connected before, and that nobody waits for any more. */
    List<String> left() {
        return before == null
                ? List.of()
                : before.keySet().stream()
                        .filter(name -> !now.containsKey(name))
                        .toList();
    }

    /**
     * What is still open.
     *
     * @return empty if proxies have taken over what was written since it began
     */
    List<Open> open() {
        if (since == null) {
            since = pauses.nanos();
        }
        Duration left = limit.minusNanos(pauses.nanos() - since);
        Istiods.Look look = istiods.look(shorter(istiods.patience(), left.compareTo(LAST) < 0 ? LAST : left));
        try {
            List<Open> open = marks.isEmpty() ? unknown(look) : List.of();
            if (open.isEmpty()) {
                open = unsent(look.work());
            }
            if (open.isEmpty()) {
                now = look.proxies();
                open = lagging();
            }
            return open.stream().limit(TOLD).toList();
        } catch (IOException e) {
            marks = List.of();
            return List.of(new Open("istiod", "cannot be asked: " + e.getMessage(), "see whether it runs"));
        }
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    private List<Open> unknown(Istiods.Look look) throws IOException {
        List<Open> open = new ArrayList<>();
        for (Map<String, String> known : look.known()) {
            written.forEach((key, object) -> {
                if (isKept(key) && isOlder(known.get(key), object.resourceVersion())) {
                    open.add(new Open(
                            "istiod",
                            "has not read " + key + " as it was written",
                            "see its log, and whether it reads this namespace"));
                }
            });
            gone.forEach(key -> {
                if (isKept(key) && known.containsKey(key)) {
                    open.add(new Open("istiod", "has not seen that " + key + " is gone", "see its log"));
                }
            });
        }
        return open;
    }

    private static boolean isKept(String key) {
        return KEPT.contains(key.substring(0, key.indexOf(' ')));
    }

    /** Versions are numbers that grow, as every apiserver of these years has them. */
    private static boolean isOlder(@Nullable String known, String wanted) {
        if (known == null) {
            return true;
        }
        return known.length() == wanted.length() ? known.compareTo(wanted) < 0 : known.length() < wanted.length();
    }

    private List<Open> unsent(List<Work> now) {
        long told = now.stream().mapToLong(Work::updates).sum();
        if (marks.size() != now.size() || isRestarted(now)) {
            marks = now;
            all = -1;
        }
        if (told != all) {
            all = told;
            quietSince = pauses.nanos();
        }
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).pushes() < marks.get(i).pushes() + TWICE && pauses.nanos() - quietSince < QUIET.toNanos()) {
                return List.of(new Open("istiod", "gathers what has changed", "see its log"));
            }
        }
        return List.of();
    }

    private boolean isRestarted(List<Work> now) {
        for (int i = 0; i < now.size(); i++) {
            if (now.get(i).pushes() < marks.get(i).pushes()) {
                return true;
            }
        }
        return false;
    }

    private List<Open> lagging() {
        Map<String, Proxy> old = before == null ? Map.of() : before;
        List<Open> open = new ArrayList<>();
        now.forEach((name, proxy) -> {
            proxy.sent().forEach((type, nonce) -> {
                if (!nonce.equals(proxy.acked().get(type))) {
                    String error = proxy.errors().get(type);
                    open.add(new Open(
                            "proxy " + name,
                            error == null ? "has not taken its " + type + " yet" : "refuses its " + type + ": " + error,
                            "see its log"));
                }
            });
            Proxy last = old.get(name);
            anew(name, proxy).stream()
                    .filter(type -> last != null
                            && last.sent().containsKey(type)
                            && last.sent().get(type).equals(proxy.sent().get(type)))
                    .forEach(type -> open.add(
                            new Open("proxy " + name, "has not been sent its new " + type, "see the log of istiod")));
        });
        missing.keySet().removeAll(now.keySet());
        for (String name : old.keySet()) {
            if (!now.containsKey(name)
                    && pauses.nanos() - missing.computeIfAbsent(name, n -> pauses.nanos()) < BACK.toNanos()) {
                open.add(new Open("proxy " + name, "is not connected any more", "see whether it runs"));
            }
        }
        return open;
    }

    /** The types of which a proxy gets new ones by what was written. */
    private Set<String> anew(String name, Proxy proxy) {
        Set<String> types = new LinkedHashSet<>();
        boolean concerned = closed.contains(name.substring(name.lastIndexOf('.') + 1))
                || closed.stream().anyMatch(roots::contains);
        if (concerned && LISTENING.contains(proxy.type())) {
            types.add(LISTENER);
        }
        if (proxy.type().equals("router") && led) {
            types.add(ROUTES);
        }
        return types;
    }
}
