package dev.lintel.testbed.plane;

import dev.lintel.core.evaluate.Evaluator;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/**
 * Asks all the time while definitions change, and judges each answer by the models that were in force, or on their way to be,
 * between its request and itself.
 */
final class Load implements AutoCloseable {
    private static final int MOST = 1_000_000;
    private static final int AT_ONCE = 2;
    private static final int CALM = 50;

    private final List<Evaluator> models;
    private final List<Line> lines = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicInteger requests = new AtomicInteger();
    private final Map<String, Integer> wrong = new TreeMap<>();
    private final AtomicLong lastOld = new AtomicLong();
    private volatile Window window = new Window(0, 0);

    /** The models, by their numbers, that an answer may be from. */
    private record Window(int from, int to) {}

    /** One request with the answers that each model gives, and how many were those of the last one without a break. */
    private record Line(Asked asked, List<Set<String>> answers, AtomicInteger streak) {}

    Load(List<Asked> asked, List<Evaluator> models) {
        this.models = List.copyOf(models);
        for (Asked each : asked) {
            Line line = new Line(each, models.stream().map(each::answers).toList(), new AtomicInteger());
            lines.add(line);
            for (int i = 0; i < AT_ONCE; i++) {
                threads.add(new Thread(() -> ask(line), each.name() + " " + i));
            }
        }
    }

    /** Begins, with the first model in force. */
    void start() {
        threads.forEach(Thread::start);
    }

    private void ask(Line line) {
        while (!over.get() && requests.incrementAndGet() <= MOST) {
            Window sent = window;
            String answer = Asked.answer(line.asked().from().send(line.asked().call()));
            judge(line, answer, new Window(sent.from(), window.to()));
        }
    }

    private void judge(Line line, String answer, Window between) {
        if (line.answers().get(window.to()).contains(answer)) {
            line.streak().incrementAndGet();
        } else {
            line.streak().set(0);
            lastOld.set(System.nanoTime());
        }
        List<Set<String>> possible = line.answers().subList(between.from(), between.to() + 1);
        if (possible.stream().noneMatch(some -> some.contains(answer))) {
            note(kind(answer, possible) + " at " + between.to() + ": "
                    + line.asked().name() + ": " + answer + " instead of " + possible);
        }
    }

    private synchronized void note(String what) {
        wrong.merge(what, 1, Integer::sum);
    }

    private static String kind(String answer, List<Set<String>> possible) {
        if (answer.startsWith("failed")) {
            return "failed";
        }
        if (answer.equals(Asked.REFUSED)) {
            return "refused";
        }
        Set<String> all = possible.stream().flatMap(Set::stream).collect(Collectors.toSet());
        return all.equals(Set.of(Asked.REFUSED)) ? "let through" : "led elsewhere";
    }

    /** From now on answers may be those of the next model as well as those of the last one. */
    void changing() {
        int last = window.to();
        window = new Window(last, last + 1);
        lastOld.set(System.nanoTime());
        lines.forEach(line -> line.streak().set(0));
    }

    /** From now on answers are to be those of the last model. */
    void changed() {
        window = new Window(window.to(), window.to());
    }

    /** Whether all requests have been answered as the last model says for a while. */
    boolean isCalm() {
        return lines.stream().allMatch(line -> line.streak().get() >= CALM);
    }

    /** When, by {@link System#nanoTime}, a request was last answered otherwise than by the last model. */
    long lastOld() {
        return lastOld.get();
    }

    int models() {
        return models.size();
    }

    int requests() {
        return requests.get();
    }

    /** What was answered otherwise than by any model of its time, and how often. */
    synchronized Map<String, Integer> wrong() {
        return new TreeMap<>(wrong);
    }

    @Override
    public void close() {
        over.set(true);
        threads.forEach(thread -> {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
    }
}
