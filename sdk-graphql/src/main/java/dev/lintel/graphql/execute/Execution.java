package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Source;
import dev.lintel.graphql.request.BadArgumentException;
import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.Upstream;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamProblem;
import dev.lintel.graphql.upstream.UpstreamRequest;
import graphql.GraphQLException;
import graphql.execution.CoercedVariables;
import graphql.language.Document;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One request on its way: calls that do not need each other are made together, those that need them come after. */
final class Execution {
    private record Same(String operation, String target, List<Header> headers) {}

    private final Wiring wiring;
    private final Plan plan;
    private final GraphRequest request;
    private final GraphCaller caller;
    private final FieldGuard guard;
    private final Verdicts verdicts;
    private final GraphLimits limits;
    private final Upstream upstream;
    private final ErrorDetails details;
    private final Calls calls;
    private final Bulks bulks;
    private final Faults faults;
    private final Links links;
    private final Requests requests;
    private final Path path = new Path();
    private final Completion completion;
    private final Received received = new Received();
    private final Map<Same, Call> made = new LinkedHashMap<>();
    private int count;

    Execution(Wiring wiring, Plan plan, GraphRequest request, GraphCaller caller, Setup setup) throws Refusal {
        this.wiring = wiring;
        this.plan = plan;
        this.request = request;
        this.caller = caller;
        this.guard = setup.guard();
        this.limits = setup.limits();
        this.upstream = setup.upstream();
        this.details = setup.details();
        this.calls = new Calls(
                setup.executor(),
                setup.nanos(),
                setup.nanos().getAsLong() + limits.deadline().toNanos());
        CoercedVariables variables = Variables.of(wiring.graphQl(), plan, request);
        this.requests = new Requests(variables, caller);
        this.bulks = new Bulks(setup.bulks(), calls, requests);
        this.verdicts = Verdicts.of(plan, guard, caller);
        this.faults = new Faults();
        this.links = new Links(wiring.names(), faults);
        this.completion = new Completion(variables.toMap(), verdicts, faults, path);
    }

    GraphAnswer run() {
        Made root = completion.object(plan.root(), Map.of(), null);
        Document schema = plan.schema();
        if (schema != null) {
            new Introspection(wiring.graphQl(), guard, caller).fill(schema, request, root, verdicts, faults);
        }
        List<Job> jobs = completion.jobs();
        if (plan.mutation()) {
            for (Job job : jobs) {
                made.clear();
                waves(List.of(job));
            }
        } else {
            waves(jobs);
        }
        return answer(root);
    }

    /** What would be sent. */
    List<GraphExplanation.Call> explain() {
        return new Explainer(wiring.names(), completion, verdicts, requests, bulks, limits.deadline()).explain(plan);
    }

    private void waves(List<Job> first) {
        List<Job> jobs = first;
        while (!jobs.isEmpty()) {
            List<@Nullable Call> needed = new ArrayList<>(jobs.size());
            List<Call> fresh = new ArrayList<>();
            Set<Call> linked = new LinkedHashSet<>();
            for (Job job : jobs) {
                Call call = prepare(job, fresh);
                needed.add(call);
                if (call != null && ((Source.Call) job.pick().source()).link() != null) {
                    boolean unusedNews = linked.add(call);
                }
            }
            if (!fresh.isEmpty()) {
                count += bulks.make(fresh, linked, limits.calls() - count);
            }
            for (int i = 0; i < jobs.size(); i++) {
                Call call = needed.get(i);
                if (call != null) {
                    finish(jobs.get(i), call);
                }
            }
            jobs = completion.jobs();
        }
    }

    /** The call of a field, perhaps one that is made already; null if there is none to make. */
    private @Nullable Call prepare(Job job, List<Call> fresh) {
        Source.Call source = (Source.Call) job.pick().source();
        path.to(job.path());
        if (Thread.currentThread().isInterrupted()) {
            faults.add(Code.CANCELLED, message(Code.CANCELLED), job.pick(), path);
            return null;
        }
        long left = calls.left();
        if (left <= 0) {
            faults.add(Code.DEADLINE_EXCEEDED, message(Code.DEADLINE_EXCEEDED), job.pick(), path);
            return null;
        }
        try {
            Map<String, Object> arguments = requests.arguments(source, job.pick());
            if (source.link() != null) {
                arguments = links.follow(source.link(), source.target(), arguments, job);
                if (arguments == null) {
                    return null;
                }
            }
            UpstreamRequest sent = requests.write(source.target(), arguments, Duration.ofNanos(left));
            Same same = new Same(source.operation().key(), sent.target(), sent.headers());
            Call known = source.operation().safe() ? made.get(same) : null;
            if (known != null) {
                return known;
            }
            if (count + fresh.size() >= limits.calls()) {
                faults.add(UpstreamProblem.of(UpstreamCode.UPSTREAM_BUDGET), job.pick(), job.path());
                return null;
            }
            Call call = new Call(
                    source.target(),
                    arguments,
                    sent,
                    upstream.service(source.operation().service()),
                    details,
                    received);
            made.put(same, call);
            fresh.add(call);
            return call;
        } catch (BadArgumentException e) {
            faults.add(e, job.pick(), job.path());
            return null;
        } catch (GraphQLException e) {
            // What a variable lets in is seen with its value alone, such as null where its default made it fit.
            faults.add(Code.BAD_USER_INPUT, "a variable has no value that its argument takes", job.pick(), path);
            return null;
        }
    }

    private void finish(Job job, Call call) {
        Call.Result result = call.result();
        path.to(job.path());
        if (result.problem() != null) {
            faults.add(result.problem(), job.pick(), job.path());
        } else if (result.ours() != null) {
            faults.add(result.ours(), message(result.ours()), job.pick(), path);
        } else if (result.answer() != null) {
            Origin origin = new Origin(call.target(), call.arguments(), result.answer());
            job.target().values()[job.index()] = completion.field(job.pick(), result.value(), origin);
        }
    }

    private static String message(Code code) {
        return switch (code) {
            case CANCELLED -> "nobody waits for the answer";
            case DEADLINE_EXCEEDED -> "the request takes longer than it may";
            default -> "something went wrong that should not";
        };
    }

    private GraphAnswer answer(Made root) {
        try {
            return written(root);
        } catch (JsonOut.FullException e) {
            Fault fault = Fault.of(Code.LIMIT_EXCEEDED, "the answer has more than " + JsonOut.MOST + " bytes");
            JsonOut out = new JsonOut();
            out.ascii("{\"data\":null,\"errors\":[");
            fault.write(out);
            out.ascii("]}");
            return new GraphAnswer(out.toBytes(), true, List.of(fault.code()));
        }
    }

    private GraphAnswer written(Made root) throws JsonOut.FullException {
        JsonOut out = new JsonOut();
        List<String> codes = new ArrayList<>();
        out.ascii("{\"data\":");
        if (!root.write(out)) {
            out.none();
        }
        if (!faults.all().isEmpty()) {
            out.ascii(",\"errors\":[");
            for (Fault fault : faults.all()) {
                if (!codes.isEmpty()) {
                    out.raw(',');
                }
                fault.write(out);
                codes.add(fault.code());
            }
            out.raw(']');
        }
        if (Boolean.TRUE.equals(request.extensions().get("cost"))) {
            Map<String, Object> cost = new LinkedHashMap<>();
            cost.put("foretold", bulks.foretold(plan.cost()));
            cost.put("made", count);
            cost.put("most", limits.calls());
            out.ascii(",\"extensions\":");
            out.value(Map.of("cost", cost));
        }
        out.raw('}');
        return new GraphAnswer(out.toBytes(), true, codes);
    }
}
