package dev.lintel.graphql.execute;

import dev.lintel.graphql.Graph;
import dev.lintel.graphql.schema.GraphSchema;
import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Upstream;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

/**
 * Answers queries over a graph. It is immutable and may be used by many threads; engines that are made from each other
 * share schema and documents, so that one may be made for each request.
 */
public final class GraphEngine {
    /** What a document asks for. */
    public enum Kind {
        /** Only reads. */
        QUERY,
        /** Changes something. */
        MUTATION
    }

    private final GraphSchema schema;
    private final Wiring wiring;
    private final Documents documents;
    private final Setup setup;

    private GraphEngine(GraphSchema schema, Wiring wiring, Documents documents, Setup setup) {
        this.schema = schema;
        this.wiring = wiring;
        this.documents = documents;
        this.setup = setup;
    }

    /**
     * Makes the schema of a graph, and an engine for it.
     *
     * @param graph of an API
     * @param upstream the service that has the API
     * @return an engine with {@link GraphLimits#DEFAULT}, for which calls are made one after the other, open to everybody
     */
    public static GraphEngine of(Graph graph, Upstream upstream) {
        GraphSchema schema = graph.schema();
        Wiring wiring = new Wiring(schema, graph.model());
        Setup setup = new Setup(
                upstream,
                Runnable::run,
                FieldGuard.OPEN,
                GraphLimits.DEFAULT,
                System::nanoTime,
                new TreeMap<>(),
                ErrorDetails.HIDDEN);
        return new GraphEngine(schema, wiring, new Documents(wiring, GraphLimits.DEFAULT), setup);
    }

    /**
     * The same with another way to the service.
     *
     * @param other such as one that knows the caller
     * @return a new engine
     */
    public GraphEngine upstream(Upstream other) {
        return with(setup.upstream(other));
    }

    /**
     * The same, with calls that do not need each other side by side.
     *
     * @param other runs all of them but one, which the calling thread makes
     * @return a new engine
     */
    public GraphEngine executor(Executor other) {
        return with(setup.executor(other));
    }

    /**
     * The same with a guard.
     *
     * @param other asked for each field
     * @return a new engine
     */
    public GraphEngine guard(FieldGuard other) {
        return with(setup.guard(other));
    }

    /**
     * The same with other limits.
     *
     * @param other for each request
     * @return a new engine, which shares no documents with this one
     */
    public GraphEngine limits(GraphLimits other) {
        return new GraphEngine(schema, wiring, new Documents(wiring, other), setup.limits(other));
    }

    /**
     * The same with another clock.
     *
     * @param other nanoseconds that never go back
     * @return a new engine
     */
    public GraphEngine nanos(LongSupplier other) {
        return with(setup.nanos(other));
    }

    /**
     * The same with an operation that answers many things at once. What it does not answer, or answers in a way that does
     * not fit what was asked, is asked for one by one.
     *
     * @param rule which one, and for what
     * @return a new engine
     * @throws IllegalArgumentException if the operations do not fit each other
     */
    public GraphEngine bulk(BulkRule rule) {
        SortedMap<String, Bulk> bulks = new TreeMap<>(setup.bulks());
        bulks.put(rule.single(), Bulk.of(rule, wiring));
        return with(setup.bulks(bulks));
    }

    /**
     * The same, telling more or less of what services say about their problems.
     *
     * @param other {@link ErrorDetails#HIDDEN} unless said
     * @return a new engine
     */
    public GraphEngine details(ErrorDetails other) {
        return with(setup.details(other));
    }

    private GraphEngine with(Setup other) {
        return new GraphEngine(schema, wiring, documents, other);
    }

    /**
     * The schema that it answers for.
     *
     * @return the schema
     */
    public GraphSchema schema() {
        return schema;
    }

    /**
     * What one request may ask for.
     *
     * @return the limits
     */
    public GraphLimits limits() {
        return setup.limits();
    }

    /**
     * What a request asks for, without answering it.
     *
     * @param request of a client
     * @return empty if its document is wrong or exceeds a limit, so that it would be refused
     */
    public Optional<Kind> kind(GraphRequest request) {
        try {
            Plan plan = documents.plan(request);
            return Optional.of(plan.mutation() ? Kind.MUTATION : Kind.QUERY);
        } catch (Refusal e) {
            return Optional.empty();
        }
    }

    /**
     * Answers a request. It blocks until all calls are made or the deadline has passed.
     *
     * @param request of a client
     * @param caller who asks
     * @return the answer; whatever goes wrong is an error in it
     */
    public GraphAnswer execute(GraphRequest request, GraphCaller caller) {
        try {
            Plan plan = documents.plan(request);
            return new Execution(wiring, plan, request, caller, setup).run();
        } catch (Refusal e) {
            return e.answer();
        }
    }

    /**
     * Says what would be sent for a request, and sends nothing.
     *
     * @param request of a client
     * @param caller who asks
     * @return the calls, or the refusal
     */
    public GraphExplanation explain(GraphRequest request, GraphCaller caller) {
        try {
            Plan plan = documents.plan(request);
            Execution execution = new Execution(wiring, plan, request, caller, setup);
            return new GraphExplanation(execution.explain(), null);
        } catch (Refusal e) {
            return new GraphExplanation(List.of(), e.answer());
        }
    }
}
