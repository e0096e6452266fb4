package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The right to change one inventory, which one holds at a time: a Lease, as leader election in Kubernetes has it.
 *
 * <p>Clocks are not compared. A holder is taken for dead when its Lease has not changed for as long as it lasts, as seen from
 * here; who comes and sees it renewed gives up. Every write names the version that it follows, so that of two who try one
 * wins, and a holder that was passed over finds that out.
 *
 * @see <a href="https://kubernetes.io/docs/concepts/architecture/leases/">Kubernetes: leases</a>
 */
final class ApplyLease implements AutoCloseable {
    /** So long without a change, and the holder is taken for dead. */
    static final Duration LASTS = Duration.ofSeconds(15);

    private static final Duration LOOK = Duration.ofSeconds(2);
    private static final int RENEWALS = 3;
    private static final int ROUNDS = 100;
    private static final int SHOWN = 300;
    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final DateTimeFormatter MICROS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private final Applying.Tools tools;
    private final Transport transport;
    private final Json json;
    private final ApplySettings settings;
    private final JournalPlace place;
    private final String holder;
    private ApplySettings.Stop renewing = () -> {};
    private String version = "";
    private String lostTo = "";

    private ApplyLease(Applying.Tools tools, String holder) {
        this.tools = tools;
        this.transport = tools.transport();
        this.json = tools.json();
        this.settings = tools.settings();
        this.place = tools.place();
        this.holder = holder;
    }

    /**
     * What a Lease says.
     *
     * @param version changes with every write
     * @param holder empty if nobody holds it
     * @param since when it was taken, by the holder's clock
     * @param renewed when it was renewed last, by the same clock
     * @param until up to when that holds
     */
    record Seen(String version, String holder, String since, String renewed, String until) {
        boolean isFree() {
            return holder.isEmpty();
        }
    }

    /**
     * Takes it; waits for as long as it takes to see that a holder is dead.
     *
     * @throws ProblemsException if somebody else holds it, with the code {@code cluster.busy}
     * @throws RefusedException if the apiserver does not let it be written
     */
    static ApplyLease take(Applying.Tools tools, String holder) {
        ApplyLease lease = new ApplyLease(tools, holder);
        lease.take();
        lease.renewing = tools.settings().renewals().every(LASTS.dividedBy(RENEWALS), lease::renewMeanwhile);
        return lease;
    }

    private void take() {
        String watched = "";
        long since = 0;
        for (int round = 0; round < ROUNDS; round++) {
            Optional<Seen> found = look(tools);
            if (found.isEmpty()) {
                if (create()) {
                    return;
                }
                continue;
            }
            Seen seen = found.get();
            long now = settings.pauses().nanos();
            if (seen.isFree()) {
                if (write(seen.version(), taken())) {
                    return;
                }
            } else if (!seen.version().equals(watched)) {
                if (!watched.isEmpty()) {
                    throw busy(seen);
                }
                watched = seen.version();
                since = now;
            } else if (now - since >= LASTS.toNanos()) {
                if (write(seen.version(), taken())) {
                    return;
                }
            } else {
                Duration left = LASTS.minusNanos(now - since);
                settings.pauses().pause(left.compareTo(LOOK) < 0 ? left : LOOK).join();
            }
        }
        throw busy(look(tools).orElse(new Seen("", "others in turn", "", "", "")));
    }

    /**
     * Reads it.
     *
     * @return empty if there is none
     */
    static Optional<Seen> look(Applying.Tools tools) {
        Reply reply = tools.transport().send(Call.get(tools.place().lease()));
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.succeeded()) {
            throw new RefusedException("reading the Lease " + tools.place(), reply, tools.json());
        }
        return Optional.of(seen(reply, tools.json()));
    }

    private static Seen seen(Reply reply, Json json) {
        Map<?, ?> whole = Nodes.map(json.read(reply.body()));
        Map<?, ?> spec = Nodes.map(whole.get("spec"));
        String renewed = JournalText.text(spec.get("renewTime"));
        return new Seen(
                JournalText.text(Nodes.map(whole.get("metadata")).get("resourceVersion")),
                shortened(JournalText.text(spec.get("holderIdentity"))),
                shortened(JournalText.text(spec.get("acquireTime"))),
                shortened(renewed),
                until(renewed));
    }

    private static String shortened(String text) {
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    private static String until(String renewed) {
        try {
            return MICROS.format(Instant.parse(renewed).plus(LASTS));
        } catch (DateTimeException e) {
            return "";
        }
    }

    private ProblemsException busy(Seen seen) {
        return new ProblemsException(
                "inventory of " + place,
                List.of(new Problem(
                        "cluster.busy",
                        "Lease " + place,
                        "is held by '" + seen.holder() + "' since " + seen.since() + " until " + seen.until()
                                + " or longer: it was renewed while it was looked at",
                        "let that one finish, and plan again; one that does not renew for " + LASTS.toSeconds()
                                + " seconds is passed over",
                        Origin.unknown())));
    }

    /** Whether it is ours now; not if somebody else was quicker. */
    private boolean create() {
        Map<String, Object> lease = new LinkedHashMap<>();
        lease.put("apiVersion", "coordination.k8s.io/v1");
        lease.put("kind", "Lease");
        lease.put("metadata", place.metadata());
        lease.put("spec", taken());
        Reply reply = transport.send(new Call("POST", place.leases(), "application/json", json.write(lease)));
        if (reply.status() == NOT_FOUND) {
            JournalRights.makeNamespace(tools);
            return false;
        }
        if (reply.status() == CONFLICT) {
            return false;
        }
        if (!reply.succeeded()) {
            throw new RefusedException("making the Lease " + place, reply, json);
        }
        version = seen(reply, json).version();
        return true;
    }

    private Map<String, Object> taken() {
        Map<String, Object> spec = new LinkedHashMap<>();
        spec.put("holderIdentity", holder);
        spec.put("leaseDurationSeconds", LASTS.toSeconds());
        spec.put("acquireTime", now());
        spec.put("renewTime", now());
        return spec;
    }

    private String now() {
        return MICROS.format(settings.clock().instant());
    }

    /** Whether it was written; not if it has changed since it was at that version. */
    private boolean write(String after, Map<String, Object> spec) {
        Reply reply = transport.send(new Call(
                "PATCH",
                place.lease(),
                ApplyJournal.MERGE,
                json.write(Map.of("metadata", Map.of("resourceVersion", after), "spec", spec))));
        if (reply.status() == CONFLICT || reply.status() == NOT_FOUND) {
            // What was sent twice for want of an answer may have been ours the first time.
            Optional<Seen> seen = look(tools);
            seen.filter(each -> each.holder().equals(holder)).ifPresent(each -> version = each.version());
            lostTo = seen.map(each -> "held by '" + each.holder() + "' since " + each.since())
                    .orElse("gone");
            return seen.isPresent() && seen.get().holder().equals(holder);
        }
        if (!reply.succeeded()) {
            throw new RefusedException("writing the Lease " + place, reply, json);
        }
        version = seen(reply, json).version();
        return true;
    }

    /**
     * Renews it, before every step.
     *
     * @param step what is to be done next
     * @throws LeaseLostException if it is ours no more
     */
    synchronized void check(String step) {
        if (version.isEmpty() || !write(version, Map.of("renewTime", now()))) {
            version = "";
            throw new LeaseLostException("the Lease " + place + " is " + lostTo + ", before the step '" + step + "'");
        }
    }

    private synchronized void renewMeanwhile() {
        try {
            if (!version.isEmpty() && !write(version, Map.of("renewTime", now()))) {
                version = "";
            }
        } catch (UnreachableException | RefusedException e) {
            // The next step asks again, and is not begun without an answer.
            return;
        }
    }

    /** Lets it go, if it is ours; what cannot be let go runs out. */
    @Override
    public void close() {
        renewing.close();
        release();
    }

    private synchronized void release() {
        try {
            if (!version.isEmpty()) {
                boolean free = write(version, Map.of("holderIdentity", "", "renewTime", now()));
                version = free ? "" : version;
            }
        } catch (UnreachableException | RefusedException e) {
            version = "";
        }
    }
}
