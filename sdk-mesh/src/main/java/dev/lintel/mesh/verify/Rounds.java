package dev.lintel.mesh.verify;

import dev.lintel.mesh.verify.Rejections.Rejection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/** Sends probes, some side by side, and keeps what was seen last. */
final class Rounds {
    private final Probes probes;
    private final Set<String> namespaces;
    private final AtomicInteger sent = new AtomicInteger();
    private boolean heard;
    private Seen last = new Seen(Map.of(), List.of(), List.of(), null);

    /**
     * Nothing is sent yet.
     *
     * @param probes how they are sent
     * @param namespaces whose proxies count
     */
    Rounds(Probes probes, Set<String> namespaces) {
        this.probes = probes;
        this.namespaces = namespaces;
    }

    /**
     * What is not as it should be yet.
     *
     * @param wrong probes that are answered otherwise, or not at all
     * @param unasked probes for which there was no time
     * @param rejected what proxies have rejected
     * @param unknown why nobody knows what they have rejected; null if that is known
     */
    record Seen(
            Map<Probe, ProbeAnswer> wrong,
            List<Probe> unasked,
            List<Rejection> rejected,
            @Nullable String unknown) {
        boolean isGood() {
            return wrong.isEmpty() && unasked.isEmpty() && rejected.isEmpty() && unknown == null;
        }

        /** Whether the same is wrong, whatever exactly is answered. */
        boolean isLike(Seen other) {
            return wrong.keySet().equals(other.wrong.keySet())
                    && unasked.size() == other.unasked.size()
                    && rejected.equals(other.rejected)
                    && (unknown == null) == (other.unknown == null);
        }

        /** Whether no probe of all has an answer. */
        boolean isUnanswered(int all) {
            return all > 0
                    && wrong.size() + unasked.size() == all
                    && !wrong.isEmpty()
                    && wrong.values().stream().allMatch(answer -> answer.status() == 0);
        }

        List<Probe> again() {
            List<Probe> again = new ArrayList<>(wrong.keySet());
            again.addAll(unasked);
            return again;
        }
    }

    /** How many requests have been sent. */
    int sent() {
        return sent.get();
    }

    /** Whether anything was answered. */
    boolean isHeard() {
        return heard;
    }

    /** What was seen in the last round. */
    Seen last() {
        return last;
    }

    /** Asks once, as long as there are answers: who gets none for as long as probes may take stops. */
    Seen ask(List<Probe> asked) {
        AtomicReferenceArray<ProbeAnswer> answers = new AtomicReferenceArray<>(asked.size());
        AtomicLong answered = new AtomicLong(probes.pace.nanos());
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < asked.size(); i++) {
            int place = i;
            tasks.add(() -> {
                if (probes.limit.compareTo(Duration.ofNanos(probes.pace.nanos() - answered.get())) > 0) {
                    ProbeAnswer answer = send(asked.get(place));
                    answers.set(place, answer);
                    if (answer.status() > 0) {
                        answered.set(probes.pace.nanos());
                    }
                }
            });
        }
        probes.pace.together(tasks);
        for (int i = 0; i < asked.size(); i++) {
            ProbeAnswer answer = answers.get(i);
            heard |= answer != null && answer.status() > 0;
        }
        Map<Probe, ProbeAnswer> wrong = new LinkedHashMap<>();
        List<Probe> unasked = new ArrayList<>();
        boolean closed = asked.stream().allMatch(Probe::isOfNoHost);
        for (int i = 0; i < asked.size(); i++) {
            Probe probe = asked.get(i);
            ProbeAnswer answer = answers.get(i);
            if (answer == null) {
                unasked.add(probe);
            } else if (!probe.agrees(answer) && !(answer.status() == 0 && probe.isOfNoHost() && (heard || closed))) {
                wrong.put(probe, answer);
            }
        }
        last = rejections(wrong, unasked);
        return last;
    }

    /** What a data path throws may hold what it has sent: only its kind is told. */
    private ProbeAnswer send(Probe probe) {
        int unusedCount = sent.incrementAndGet();
        try {
            return probes.path.send(probe.request());
        } catch (RuntimeException e) {
            return ProbeAnswer.none("it could not be sent (" + e.getClass().getSimpleName() + ")");
        }
    }

    private Seen rejections(Map<Probe, ProbeAnswer> wrong, List<Probe> unasked) {
        Rejections source = probes.rejections;
        if (source == null) {
            return new Seen(wrong, unasked, List.of(), null);
        }
        try {
            return new Seen(wrong, unasked, ours(source.ask()), null);
        } catch (IllegalStateException e) {
            return new Seen(wrong, unasked, List.of(), String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            return new Seen(wrong, unasked, List.of(), e.getClass().getSimpleName());
        }
    }

    private List<Rejection> ours(Collection<Rejection> all) {
        return all.stream()
                .filter(each -> each.gateway() || namespaces.contains(each.namespace()))
                .toList();
    }
}
