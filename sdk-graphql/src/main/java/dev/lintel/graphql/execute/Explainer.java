package dev.lintel.graphql.execute;

import dev.lintel.graphql.execute.Plan.Chosen;
import dev.lintel.graphql.execute.Plan.Out;
import dev.lintel.graphql.execute.Plan.Pick;
import dev.lintel.graphql.execute.Plan.Source;
import dev.lintel.graphql.model.Link;
import dev.lintel.graphql.model.Parameter;
import dev.lintel.graphql.name.Names;
import dev.lintel.graphql.request.BadArgumentException;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamRequest;
import graphql.GraphQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Walks a plan as an execution would, and writes down what it would send. */
final class Explainer {
    private record Same(String service, String method, String target) {}

    private final Names names;
    private final Completion shown;
    private final Verdicts verdicts;
    private final Requests requests;
    private final Bulks bulks;
    private final Duration timeout;
    private final List<GraphExplanation.Call> calls = new ArrayList<>();
    private final Set<Same> known = new LinkedHashSet<>();

    Explainer(Names names, Completion shown, Verdicts verdicts, Requests requests, Bulks bulks, Duration timeout) {
        this.names = names;
        this.shown = shown;
        this.verdicts = verdicts;
        this.requests = requests;
        this.bulks = bulks;
        this.timeout = timeout;
    }

    List<GraphExplanation.Call> explain(Plan plan) {
        walk(plan.root(), "");
        return calls;
    }

    private void walk(Chosen chosen, String path) {
        for (Pick pick : chosen.picks()) {
            if (!shown.shown(pick) || !verdicts.allows(pick)) {
                continue;
            }
            String place = path.isEmpty() ? pick.key() : path + "." + pick.key();
            if (!(pick.source() instanceof Source.Call call) || call(call, pick, place)) {
                walk(pick.out(), place);
            }
        }
    }

    private void walk(Out out, String path) {
        if (out instanceof Out.Items items) {
            walk(items.of(), path);
        } else if (out instanceof Out.Entries entries) {
            walk(entries.entry(), path);
        } else if (out instanceof Out.One one) {
            walk(one.chosen(), path);
        } else if (out instanceof Out.Several several) {
            several.chosen().values().forEach(each -> walk(each, path));
        }
    }

    /** False if it would not be sent, so that nothing below it is. */
    private boolean call(Source.Call source, Pick pick, String place) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>(requests.arguments(source, pick));
            Map<String, String> stands = stand(source, arguments);
            Bulk bulk = bulks.of(source.target());
            Object id = bulk == null ? null : arguments.get(bulk.id());
            if (bulk != null && id != null && arguments.size() == 1 && source.link() != null) {
                Map<String, Object> together = Map.of(bulk.ids(), List.of(id));
                note(place, requests.write(bulk.many(), together, timeout), stands, source);
            }
            note(place, requests.write(source.target(), arguments, timeout), stands, source);
            return true;
        } catch (BadArgumentException | GraphQLException e) {
            return false;
        }
    }

    private void note(String place, UpstreamRequest request, Map<String, String> stands, Source.Call source) {
        String target = request.target();
        for (Map.Entry<String, String> each : stands.entrySet()) {
            target = target.replace(each.getKey(), "{" + each.getValue() + "}");
        }
        boolean first = known.add(new Same(source.operation().service(), request.method(), target));
        if (first || !source.operation().safe()) {
            List<String> headers = request.headers().stream().map(Header::name).toList();
            calls.add(new GraphExplanation.Call(
                    place, source.operation().service(), request.method(), target, headers, source.link() != null));
        }
    }

    /** Words that stand for what answers will say; they have no character that would be encoded. */
    private Map<String, String> stand(Source.Call source, Map<String, Object> arguments) {
        Map<String, String> stands = new LinkedHashMap<>();
        Link link = source.link();
        if (link == null) {
            return stands;
        }
        for (Parameter parameter : source.operation().parameters()) {
            String said = link.parameters().get(Link.key(parameter));
            if (said != null) {
                String word = "lintel0stands0for0" + stands.size() + "0";
                boolean open = said.startsWith("$");
                arguments.put(names.argument(source.operation(), parameter), open ? word : said);
                if (open) {
                    stands.put(word, said);
                }
            }
        }
        return stands;
    }
}
