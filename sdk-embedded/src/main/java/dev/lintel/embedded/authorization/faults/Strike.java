package dev.lintel.embedded.authorization.faults;

import dev.lintel.embedded.authorization.http.Received;
import dev.lintel.embedded.authorization.http.Reply;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One request that meets one disturbance. */
final class Strike {
    private final Layer layer;
    private final Received request;
    private final Consumer<Consumer<Reply>> next;
    private final Consumer<Reply> done;

    /**
     * A request on its way in.
     *
     * @param layer what it meets
     * @param request the request
     * @param next takes it on to the next disturbance, or the endpoint, and gives the answer
     * @param done takes the answer on its way out
     */
    Strike(Layer layer, Received request, Consumer<Consumer<Reply>> next, Consumer<Reply> done) {
        this.layer = layer;
        this.request = request;
        this.next = next;
        this.done = done;
    }

    Layer layer() {
        return layer;
    }

    /** Answers in place of all that comes behind. */
    void answer(Reply reply) {
        layer.met(request, false);
        done.accept(reply);
    }

    /** Counts as met, and goes on later. */
    void delayed() {
        layer.met(request, true);
    }

    /** Goes on unchanged. */
    void pass() {
        next.accept(done);
    }

    /** Goes on, and changes the answer. */
    void change(UnaryOperator<Reply> change) {
        next.accept(reply -> {
            layer.met(request, true);
            done.accept(change.apply(reply));
        });
    }

    /** Goes on, and changes the answer if it is a good one; counts as not met otherwise. */
    void changeIfGood(UnaryOperator<Reply> change) {
        next.accept(reply -> {
            if (reply.status() == 200) {
                layer.met(request, true);
                done.accept(change.apply(reply));
            } else {
                layer.missed();
                done.accept(reply);
            }
        });
    }
}
