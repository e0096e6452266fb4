package dev.lintel.embedded.serve;

import dev.lintel.core.evaluate.Decision.Forward;
import dev.lintel.core.evaluate.Request;
import dev.lintel.embedded.elsewhere.Proof;
import dev.lintel.embedded.elsewhere.Shown;
import dev.lintel.embedded.login.HostFields;
import dev.lintel.embedded.upstream.Failure;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.world.Group;
import dev.lintel.embedded.world.Instance;
import dev.lintel.embedded.world.View;
import dev.lintel.embedded.world.Visit;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way of one request to its service: what the gateway proves itself with is got first, mirrors get their copies, and if
 * a token is refused by the far side, another one is tried, once.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whoever waits looks itself whether it is still wanted
final class Passage {
    private static final Logger LOG = LoggerFactory.getLogger(Passage.class);

    private final Exchange exchange;
    private final Front front;
    private final RequestHead head;
    private final Forward forward;
    private final Group group;
    private final Onward onward;
    private final @Nullable Shadows shadows;
    private final @Nullable Copy copy;
    private @Nullable Instance picked;
    private boolean renewed;

    Passage(Exchange exchange, View view, Forward forward, Group group) {
        this.exchange = exchange;
        this.front = exchange.front();
        this.head = exchange.head();
        this.forward = forward;
        this.group = group;
        HostFields said = head.via() == Request.Via.MESH ? view.loginFields(forward.api()) : null;
        if (said != null) {
            // Who has logged in is said at the entry alone: who calls from inside may not say it either.
            head.amendment(said);
        }
        this.onward = new Onward(front, head, forward, view.farSide(forward.api()));
        Proof proof = onward.proof();
        boolean mirrored = !forward.mirrors().isEmpty();
        this.copy = mirrored || proof != null && proof.isRenewable() ? new Copy() : null;
        this.shadows = mirrored && copy != null ? new Shadows(front, forward, onward, mirrors(view), copy) : null;
    }

    private List<Group> mirrors(View view) {
        List<Group> mirrors = new ArrayList<>(1);
        for (String version : forward.mirrors()) {
            Group mirror = view.version(forward.api(), version);
            if (mirror == null) {
                front.engine().mirrors().dropped();
            } else {
                mirrors.add(mirror);
            }
        }
        return mirrors;
    }

    Onward onward() {
        return onward;
    }

    void begin() {
        Proof proof = onward.proof();
        if (proof == null) {
            go();
            return;
        }
        CompletableFuture<Shown> coming = proof.get().toCompletableFuture();
        if (coming.isDone() && !coming.isCompletedExceptionally()) {
            onward.show(coming.join());
            go();
            return;
        }
        Awaiting waiting = new Awaiting();
        exchange.sink(waiting);
        coming.whenComplete((shown, failure) -> front.later(() -> came(waiting, shown, failure)));
    }

    private void came(Awaiting waiting, @Nullable Shown shown, @Nullable Throwable failure) {
        if (waiting.isOver()) {
            return;
        }
        if (shown == null) {
            LOG.warn(
                    "no credential for the far side of {}: {}",
                    forward.api().id(),
                    failure == null ? "" : failure.getMessage());
            exchange.giveUp(503, "the gateway has no credential for the service");
        } else {
            onward.show(shown);
            go();
        }
        exchange.resume();
    }

    private void go() {
        if (shadows != null && !head.hasBody()) {
            shadows.send(true);
        }
        Visit visit = group.visit(head);
        Instance instance = visit != null ? visit.next() : picked == null ? group.pick(null) : picked;
        if (instance == null) {
            exchange.fail(visit == null ? Failure.UNREADY : visit.refusal());
            return;
        }
        picked = instance;
        if (instance instanceof Instance.Local local) {
            LocalRun run = new LocalRun(exchange, forward, group, visit, local);
            exchange.sink(run);
            run.start();
        } else {
            Relay relay = new Relay(exchange, forward, group, visit, instance);
            exchange.sink(relay);
            relay.start();
        }
        exchange.rearm();
    }

    /** Sees a part of the body before it goes on. */
    void add(HttpContent content) {
        if (content instanceof LastHttpContent last
                && onward.proof() != null
                && !last.trailingHeaders().isEmpty()) {
            // A far side that reads trailers as headers must not read the caller's credential there.
            last.trailingHeaders().clear();
        }
        if (copy != null && !renewed) {
            copy.add(content);
            if (shadows != null && content instanceof LastHttpContent) {
                shadows.send(copy.isWhole());
            }
        }
    }

    /**
     * Keeps a response from the client in which the far side refuses the gateway itself: another token is tried, or the
     * client is told that it is not the one who is refused.
     */
    boolean keeps() {
        if (!onward.isRefused()) {
            return false;
        }
        Shown shown = onward.shown();
        Proof proof = onward.proof();
        boolean invalid = onward.isInvalid();
        boolean again = invalid && !renewed && exchange.requestDone() && isRepeatable();
        onward.forget();
        // A far side that refuses a good token for something else must not have each call get another one.
        if (shown != null && proof != null && invalid) {
            proof.refused(shown);
        }
        if (again && proof != null && proof.isRenewable()) {
            renewed = true;
            front.engine().counters().retried();
            exchange.repeat(head.hasBody() && copy != null ? copy.content() : null);
            begin();
            // If another call has got the new token already, nothing else comes that would move the kept body on.
            exchange.resume();
        } else {
            exchange.giveUp(502, "the service does not accept the gateway's credential");
        }
        return true;
    }

    private boolean isRepeatable() {
        return !head.hasBody() || copy != null && copy.isWhole();
    }

    /** The request has ended, whole or not. */
    void over() {
        if (shadows != null) {
            shadows.send(false);
        }
    }
}
