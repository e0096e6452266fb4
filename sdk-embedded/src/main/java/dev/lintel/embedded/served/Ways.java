package dev.lintel.embedded.served;

import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontHeader;
import dev.lintel.core.front.FrontReply;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.FrontRule;
import dev.lintel.embedded.balance.Time;
import dev.lintel.embedded.elsewhere.SecretReader;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.View;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The ways from an API that the gateway serves to the services that it calls: those that are bound at the time of the call.
 * What is defined about a service is decided by the same evaluator that decides calls from inside, for the API as the caller.
 */
public final class Ways implements FrontContext {
    private final String api;
    private final FrontRule rule;
    private final Parts parts;

    /**
     * What all ways of a gateway share.
     *
     * @param views what decides and what is bound, at each moment
     * @param draw the chance for splits
     * @param remote calls other processes
     * @param secrets reads secrets
     * @param executor where fronts work; its threads may block
     * @param clock the time
     * @param running time that goes on whatever the clock says
     */
    public record Parts(
            Supplier<View> views,
            Draw draw,
            Remote remote,
            SecretReader secrets,
            Executor executor,
            InstantSource clock,
            Time running) {}

    /** The ways of an API. */
    public Ways(String api, FrontRule rule, Parts parts) {
        this.api = api;
        this.rule = rule;
        this.parts = parts;
    }

    @Override
    public String api() {
        return api;
    }

    @Override
    public FrontReply call(ServiceRef service, FrontCall call) throws IOException {
        if (!rule.services().contains(service)) {
            throw new IllegalArgumentException(
                    "'" + service + "' is none of the services of " + api + ": " + rule.services());
        }
        String namespace = api.substring(api.indexOf('.') + 1);
        String called = service.name() + "." + namespace;
        View view = parts.views().get();
        ApiModel known = view.evaluator().called(called);
        if (known == null) {
            return given(view.bindings().all(called), called, call, call.target(), asked(call, called, namespace));
        }
        Request request = asked(call, called, namespace);
        Decision decision = view.evaluator().decide(request, parts.draw());
        if (decision instanceof Decision.Refuse refuse) {
            return answer(refuse.status(), "");
        }
        if (decision instanceof Decision.Reply reply) {
            return answer(reply.status(), reply.body());
        }
        if (!(decision instanceof Decision.Forward forward) || view.farSide(known) != null) {
            throw new IOException("a service of the graph cannot be called from here");
        }
        if (!forward.path().equals(request.path())) {
            // Somebody would read this path otherwise than the one who wrote it.
            return answer(400, "");
        }
        String query = request.query();
        String target = forward.forwardPath() + (query == null ? "" : "?" + query);
        return given(view.target(forward), called, call, target, request);
    }

    private FrontReply given(@Nullable Group group, String service, FrontCall call, String target, Request request)
            throws IOException {
        if (group == null) {
            throw new IOException("a service of the graph is not bound");
        }
        return new Attempt(group, service, call, target, request, parts).make();
    }

    private Request asked(FrontCall call, String service, String namespace) {
        int query = call.target().indexOf('?');
        Map<String, String> headers = new LinkedHashMap<>();
        for (FrontHeader header : call.headers()) {
            headers.merge(header.name().toLowerCase(Locale.ROOT), header.value(), (a, b) -> a + "," + b);
        }
        View view = parts.views().get();
        return new RequestValue(
                Request.Via.MESH,
                call.method(),
                service,
                query < 0 ? call.target() : call.target().substring(0, query),
                query < 0 ? null : call.target().substring(query + 1),
                headers,
                Token.NONE,
                new Caller.Workload(view.evaluator().trustDomain(), namespace, api.substring(0, api.indexOf('.'))),
                Token.NONE,
                Verdict.UNASKED);
    }

    private static FrontReply answer(int status, String body) {
        return new FrontReply(status, List.of(), ByteBuffer.wrap(body.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public Optional<Secret> secret(SecretRef place) {
        try {
            return Optional.of(parts.secrets().read(place));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public Executor executor() {
        return parts.executor();
    }

    @Override
    public InstantSource clock() {
        return parts.clock();
    }

    @Override
    public Runnable after(Duration delay, Runnable task) {
        return parts.running().after(delay.toNanos(), task)::cancel;
    }
}
