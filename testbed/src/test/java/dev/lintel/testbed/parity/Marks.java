package dev.lintel.testbed.parity;

import dev.lintel.testbed.plane.Call;
import dev.lintel.testbed.plane.Caller;
import dev.lintel.testbed.plane.Plane;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A world whose services are asked how often a request came to them. */
final class Marks implements Asked {
    private static final int TRIES = 100;

    private final Plane plane;
    private final Asked world;
    private final Map<String, Service> services;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * A service that counts.
     *
     * @param caller who gets there
     * @param address where it is
     */
    record Service(Caller caller, String address) {
        int count(String mark) {
            return Integer.parseInt(
                    caller.send(Call.get(address, "localhost", "/").with("x-marks", mark))
                            .body());
        }
    }

    /** Services by version. */
    Marks(Plane plane, Asked world, Map<String, Service> services) {
        this.plane = plane;
        this.world = world;
        this.services = Map.copyOf(services);
    }

    @Override
    public String answer(Ask ask) {
        if (ask.marked() == Ask.Marked.NO) {
            return world.answer(ask);
        }
        String mark = "mark-" + next.incrementAndGet();
        String answer = world.answer(ask.with("x-mark", mark));
        int[] tries = {0};
        // Copies come later than the answer.
        plane.await("copies", () -> ask.mesh().equals(answer + seen(ask, mark)) || ++tries[0] > TRIES);
        return answer + seen(ask, mark);
    }

    private String seen(Ask ask, String mark) {
        Map<String, Integer> times = new TreeMap<>();
        services.forEach((version, service) -> {
            int count = service.count(mark);
            if (count > 0) {
                times.put(version, count);
            }
        });
        return Answers.seen(ask, times);
    }
}
