package dev.lintel.kubernetes;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an apply waits for before it goes on: that what was written is in force, as far as the cluster tells.
 *
 * <p>It is waited for what somebody is known to answer for, and for nothing else: a status whose controller is there,
 * endpoints of a Service that exists. A plain apiserver keeps nobody waiting.
 *
 * @param limit at each step, so long at most, and a second for the last look at istiods; zero for no waiting at all
 * @param probes asked when everything is written, before what is gone is deleted
 * @param settling so long proxies are given to take over what closes before anything leads there, and what leads before
 *     anything opens or goes, where nobody tells when they have. Zero for not at all
 * @param istiods where istiods are asked what proxies have acknowledged; empty for nowhere
 */
public record Waits(Duration limit, List<TrafficProbe> probes, Duration settling, List<URI> istiods) {
    private static final Duration USUAL = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofSeconds(2);
    private static final int MOST = 32;
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Checks that the limit is one and keeps the list unchangeable. */
    public Waits {
        if (limit.isNegative() || limit.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("waiting takes from nothing to " + LONGEST + ", not " + limit);
        }
        if (settling.isNegative() || settling.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("settling takes from nothing to " + LONGEST + ", not " + settling);
        }
        probes = List.copyOf(probes);
        istiods = List.copyOf(istiods);
        if (istiods.size() > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " istiods are asked, not " + istiods.size());
        }
        istiods.forEach(Istiods::check);
    }

    /**
     * No waiting: everything is written at once, and nothing is read after it.
     *
     * @return the value
     */
    public static Waits none() {
        return new Waits(Duration.ZERO, List.of(), Duration.ZERO, List.of());
    }

    /**
     * Waiting as it is usual, which is also what happens if nothing is said.
     *
     * @return two minutes at most at each step, and two seconds for proxies to settle
     */
    public static Waits usual() {
        return upTo(USUAL);
    }

    /**
     * Waiting.
     *
     * @param limit at each step, so long at most; more than nothing, and a day at most
     * @return the value
     */
    public static Waits upTo(Duration limit) {
        if (limit.isZero()) {
            throw new IllegalArgumentException("waiting takes some time; Waits.none() is for no waiting");
        }
        return new Waits(limit, List.of(), SETTLING, List.of());
    }

    /**
     * The same with one more probe through the data path.
     *
     * @param probe is asked again and again until it is content
     * @return a new value
     * @throws IllegalArgumentException if there is no waiting, and so nothing that could ask it
     */
    public Waits probing(TrafficProbe probe) {
        Objects.requireNonNull(probe, "probe");
        if (isNone()) {
            throw new IllegalArgumentException("a probe needs time: say Waits.upTo(…) first");
        }
        List<TrafficProbe> more = new ArrayList<>(probes);
        more.add(probe);
        return new Waits(limit, more, settling, istiods);
    }

    /**
     * The same with another time for proxies. In a large mesh, or one whose control plane is slow, they need more: what
     * {@code pilot_proxy_convergence_time} of istiod tells, and some more.
     *
     * @param time from nothing to a day; two seconds unless said otherwise
     * @return a new value
     * @throws IllegalArgumentException if there is no waiting at all
     */
    public Waits settling(Duration time) {
        if (isNone() && !time.isZero()) {
            throw new IllegalArgumentException("settling needs time: say Waits.upTo(…) first");
        }
        return new Waits(limit, probes, time, istiods);
    }

    /**
     * The same with istiods that are asked what proxies have acknowledged, in place of a time for them. All that serve proxies
     * must be named: each tells of its own.
     *
     * <p>They answer to whoever comes from the loopback of their Pod, as by {@code kubectl port-forward}; the apiserver's proxy
     * takes the token away, and is not answered. What cannot be asked is told by a line of progress, and proxies are given time.
     *
     * @param addresses of their monitoring ports, for example {@code http://127.0.0.1:15014}; at most 32
     * @return a new value
     * @throws IllegalArgumentException if there is no waiting at all, or one is no address of HTTP with a host
     */
    public Waits asking(URI... addresses) {
        if (isNone()) {
            throw new IllegalArgumentException("asking istiod needs time: say Waits.upTo(…) first");
        }
        return new Waits(limit, probes, settling, List.of(addresses));
    }

    boolean isNone() {
        return limit.isZero();
    }
}
