package dev.lintel.embedded.served;

import dev.lintel.core.evaluate.Request;
import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontHeader;
import dev.lintel.core.front.FrontReply;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.LocalFunction;
import dev.lintel.embedded.world.Visit;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** One call of one service: what is known about its workloads counts, and learns of the outcome. */
final class Attempt {
    private final Group group;
    private final String service;
    private final FrontCall call;
    private final String target;
    private final Request request;
    private final Ways.Parts parts;

    Attempt(Group group, String service, FrontCall call, String target, Request request, Ways.Parts parts) {
        this.group = group;
        this.service = service;
        this.call = call;
        this.target = target;
        this.request = request;
        this.parts = parts;
    }

    FrontReply make() throws IOException {
        long began = parts.running().nanos();
        Visit visit = group.visit(request);
        Instance instance = visit == null ? group.pick(null) : visit.next();
        if (instance == null) {
            return new FrontReply(Failure.UNREADY.status(), List.of(), ByteBuffer.allocate(0));
        }
        boolean error = true;
        try {
            FrontReply reply = instance instanceof Instance.Local local
                    ? function(local.function())
                    : parts.remote().call(((Instance.Remote) instance).address(), service, call, target);
            error = reply.status() >= 500;
            if (visit != null) {
                visit.answered(reply.status());
            }
            return reply;
        } catch (IOException e) {
            if (visit != null) {
                visit.failed(e instanceof SocketTimeoutException ? Failure.TIMEOUT : Failure.RESET);
            }
            throw e;
        } finally {
            if (visit != null) {
                visit.end();
            }
            if (group.meter() != null) {
                group.meter().ended(error, parts.running().nanos() - began);
            }
        }
    }

    /** On a thread of its own, so that it can be left when its time is over. */
    private FrontReply function(LocalFunction function) throws IOException {
        FutureTask<LocalFunction.Answer> task = new FutureTask<>(() -> function.call(asFunction()));
        try {
            parts.executor().execute(task);
        } catch (RejectedExecutionException e) {
            throw new IOException("too many functions are running", e);
        }
        try {
            return reply(task.get(call.timeout().toNanos(), TimeUnit.NANOSECONDS));
        } catch (TimeoutException e) {
            boolean unused = task.cancel(true);
            throw new SocketTimeoutException("the function did not answer in time");
        } catch (ExecutionException e) {
            throw new IOException("the function failed", e.getCause());
        } catch (InterruptedException e) {
            boolean unused = task.cancel(true);
            Thread.currentThread().interrupt();
            throw new IOException("the call was broken off", e);
        }
    }

    private LocalFunction.Call asFunction() {
        int query = target.indexOf('?');
        Map<String, String> headers = new TreeMap<>();
        for (FrontHeader header : call.headers()) {
            headers.merge(header.name().toLowerCase(Locale.ROOT), header.value(), (a, b) -> a + "," + b);
        }
        return new LocalFunction.Call(
                call.method(),
                service,
                query < 0 ? target : target.substring(0, query),
                query < 0 ? null : target.substring(query + 1),
                headers,
                call.body(),
                request.token(),
                request.caller());
    }

    private static FrontReply reply(LocalFunction.@Nullable Answer answer) throws IOException {
        if (answer == null) {
            throw new IOException("the function answered nothing");
        }
        List<FrontHeader> headers = new ArrayList<>();
        answer.headers().forEach((name, value) -> headers.add(new FrontHeader(name, value)));
        return new FrontReply(answer.status(), headers, answer.body().duplicate());
    }
}
