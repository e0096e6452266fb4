package dev.lintel.embedded.opa;

import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.embedded.authorizer.Answer;
import dev.lintel.embedded.authorizer.Asker;
import dev.lintel.embedded.authorizer.Asking;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.authorizer.InputDocument;
import dev.lintel.embedded.authorizer.MalformedRequest;
import dev.lintel.embedded.upstream.Address;
import dev.lintel.embedded.upstream.Pool;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Asks OPA by its data API, on the connections of one event loop. */
public final class OpaAsker implements Asker {
    private final Pool pool;

    /** An asker with the connections of one event loop. */
    public OpaAsker(Pool pool) {
        this.pool = pool;
    }

    @Override
    public Asking ask(AuthorizerRule rule, CheckedRequest request, Consumer<Answer> then) {
        OpaCall call;
        try {
            call = new OpaCall(
                    pool, Address.of(rule.address()), path(rule.decision()), InputDocument.write(request), then);
        } catch (MalformedRequest e) {
            then.accept(Answer.MALFORMED);
            return Asking.OVER;
        }
        call.begin();
        return call;
    }

    private static String path(String decision) {
        return Arrays.stream(decision.split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(segment ->
                        URLEncoder.encode(segment, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/", "/v1/data/", ""));
    }

    /** The connections are the gateway's. */
    @Override
    public void close() {}
}
