package dev.lintel.core.evaluate;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Guard;
import dev.lintel.core.model.GuardRule;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicInteger;

/** Lets so many calls through and no more. */
record CountingRule(String name, int calls) implements GuardRule {
    @Override
    public String kind() {
        return "test.counting/v1";
    }

    @Override
    public String describe() {
        return name + ", at most " + calls + " calls";
    }

    @Override
    public Origin origin() {
        return Origin.at("Orders.java", 99);
    }

    @Override
    public Guard start(InstantSource clock) {
        AtomicInteger left = new AtomicInteger(calls);
        return call -> left.getAndDecrement() > 0
                ? null
                : new Guard.Refusal(
                        429, call.method() + " " + call.path() + " of " + call.subject() + " at " + call.api());
    }
}
