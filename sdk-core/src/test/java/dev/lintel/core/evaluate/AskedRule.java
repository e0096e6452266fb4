package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Remembers what it is asked, and always answers the same. */
record AskedRule(Guard.@Nullable Refusal answer, List<Guard.Call> calls) implements GuardRule {
    AskedRule(Guard.@Nullable Refusal answer) {
        this(answer, new CopyOnWriteArrayList<>());
    }

    @Override
    public String kind() {
        return "test.asked/v1";
    }

    @Override
    public String describe() {
        return "asked";
    }

    @Override
    public Origin origin() {
        return Origin.unknown();
    }

    @Override
    public Guard start(InstantSource clock) {
        return call -> {
            calls.add(call);
            return answer;
        };
    }
}
