package dev.lintel.embedded.world;

import dev.lintel.core.front.Front;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.embedded.world.LocalFunction.Answer;
import dev.lintel.embedded.world.LocalFunction.Call;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** One front, as a function that requests are given to. */
public final class Served implements AutoCloseable {
    /** These are said by the gateway, which knows how the message travels. */
    private static final Set<String> FRAMING =
            Set.of("connection", "content-length", "date", "keep-alive", "trailer", "transfer-encoding", "upgrade");

    private final Front front;
    private final Group group;

    Served(Front front) {
        this.front = front;
        this.group = new Group(List.of(new Instance.Local(this::answer)));
    }

    /** What its requests are given to. */
    public Group group() {
        return group;
    }

    private Answer answer(Call call) throws Exception {
        FrontAnswer answer = front.answer(new FrontRequest(
                call.method(),
                call.host(),
                call.path(),
                call.query(),
                call.headers(),
                call.body(),
                call.token(),
                call.caller()));
        Map<String, String> headers = new LinkedHashMap<>(answer.headers());
        headers.keySet().removeAll(FRAMING);
        return new Answer(
                answer.status(),
                headers,
                answer.stream().isPresent() ? Gathered.of(answer.stream().get()) : answer.body());
    }

    @Override
    public void close() {
        front.close();
    }
}
