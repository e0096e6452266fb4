package dev.lintel.embedded.world;

import dev.lintel.core.metric.Question;
import dev.lintel.core.metric.Reading;
import dev.lintel.core.model.ApiModel;
import dev.lintel.embedded.balance.Histogram;
import dev.lintel.embedded.balance.Meter;
import dev.lintel.embedded.balance.Time;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** How the calls to each version of each API went. */
public final class Meters {
    private final Time time;
    private final Map<Key, Meter> meters = new ConcurrentHashMap<>();

    private record Key(String api, String version) {}

    /** Nothing is measured yet. */
    public Meters(Time time) {
        this.time = time;
    }

    Meter of(String api, String version) {
        return meters.computeIfAbsent(new Key(api, version), key -> new Meter(time));
    }

    /** Forgets APIs that are not exposed any more. */
    void retain(List<ApiModel> apis) {
        Set<String> ids = apis.stream().map(ApiModel::id).collect(Collectors.toSet());
        meters.keySet().removeIf(key -> !ids.contains(key.api));
    }

    /** Answers a question, or says why it cannot. */
    public Reading read(Question question) {
        String whose = "version '" + question.version() + "' of " + question.api();
        boolean latency = question.name().equals(Question.LATENCY);
        if (!latency && !question.name().equals(Question.ERROR_RATE)) {
            return new Reading.Nothing("a gateway measures " + Question.ERROR_RATE + " and " + Question.LATENCY
                    + ", but was asked for '" + question.name() + "'");
        }
        if (latency && question.quantile() == 0) {
            return new Reading.Nothing("a latency is asked for at a quantile of more than 0, for example 0.99");
        }
        if (question.window().compareTo(Meter.LONGEST) > 0) {
            return new Reading.Nothing(
                    "a gateway remembers " + Meter.LONGEST + ", but was asked for " + question.window());
        }
        Meter meter = meters.get(new Key(question.api(), question.version()));
        if (meter == null) {
            return new Reading.Nothing(whose + " gets no calls here: it is not exposed, or not bound");
        }
        Histogram calls = meter.last(question.window());
        long samples = latency ? calls.timed() : calls.calls();
        if (samples == 0) {
            return new Reading.Nothing(whose + " had no calls in the last " + question.window());
        }
        return new Reading.Value(
                latency ? calls.latency(question.quantile()) : (double) calls.errors() / samples, samples);
    }
}
