package dev.lintel.graphql.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Flow;

/** A client of a stream, that takes as much as a test says. */
final class Heard implements Flow.Subscriber<ByteBuffer> {
    final List<String> events = new ArrayList<>();
    Flow.Subscription subscription;

    @Override
    public void onSubscribe(Flow.Subscription given) {
        subscription = given;
    }

    @Override
    public void onNext(ByteBuffer bytes) {
        events.add(StandardCharsets.UTF_8.decode(bytes.duplicate()).toString());
    }

    @Override
    public void onError(Throwable why) {
        events.add("broken off: " + why.getMessage());
    }

    @Override
    public void onComplete() {
        events.add("end");
    }
}
