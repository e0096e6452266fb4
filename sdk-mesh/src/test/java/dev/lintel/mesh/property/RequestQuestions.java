package dev.lintel.mesh.property;

import dev.lintel.core.evaluate.RequestValue;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Requests.
 *
 * @param requests draws the next one
 * @param listed whether an answer that differs is a deviation of the dialect
 * @param one what the model that was meant answers
 * @param other what the one that was read back answers
 */
record RequestQuestions(Supplier<RequestValue> requests, Predicate<RequestValue> listed, Answers one, Answers other)
        implements Questions {
    /** What a model answers, in words that are equal for equal answers. */
    @FunctionalInterface
    interface Answers {
        String to(RequestValue request, long luck);
    }

    @Override
    public Object next() {
        return requests.get();
    }

    @Override
    public boolean isListed(Object question) {
        return listed.test((RequestValue) question);
    }

    @Override
    public String meant(Object question, long luck) {
        return one.to((RequestValue) question, luck);
    }

    @Override
    public String made(Object question, long luck) {
        return other.to((RequestValue) question, luck);
    }
}
