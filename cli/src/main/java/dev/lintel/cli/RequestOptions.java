package dev.lintel.cli;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.explain.Asked;
import dev.lintel.core.explain.Explained;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.InForce;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The request that is asked about. */
final class RequestOptions {
    @Parameters(index = "0", paramLabel = "METHOD", description = "For example GET.")
    private String method = "GET";

    @Parameters(
            index = "1",
            paramLabel = "URL",
            description =
                    "By the host of an API, https://orders.shop.example.com/orders/7, or its path alone with --to.")
    private String url = "/";

    @Option(
            names = "--to",
            paramLabel = "API",
            description =
                    "The API that is called, as orders.shop; needed where the URL is a path and there are several.")
    private @Nullable String api;

    @Option(
            names = "--from",
            paramLabel = "WORKLOAD",
            description = "The workload that calls, as frontend.shop: from inside where the URL is a path.")
    private @Nullable String from;

    @Option(names = "--subject", paramLabel = "NAME", description = "The request brings a good token of this subject.")
    private @Nullable String subject;

    @Option(
            names = "--scope",
            paramLabel = "SCOPE",
            split = ",",
            description = "A scope of its token; may be said several times, or with commas.")
    private List<String> scopes = new ArrayList<>();

    @Option(
            names = "--claim",
            paramLabel = "NAME=VALUE",
            description = "A claim of its token; may be said several times, also for one claim.")
    private List<String> claims = new ArrayList<>();

    @Option(
            names = "--header",
            paramLabel = "NAME=VALUE",
            description = "A header of the request; may be said several times. Its value is never printed.")
    private List<String> headers = new ArrayList<>();

    /**
     * Asks about it.
     *
     * @throws UsageException if it is no request, or not clear which API is called
     */
    Told ask(InForce world, Draw draw) {
        Evaluator evaluator = Evaluator.of(world.model());
        try {
            if (url.startsWith("/")) {
                int mark = url.indexOf('?');
                return told(Explained.of(evaluator, said(url), draw), mark < 0 ? null : url.substring(mark + 1), true)
                        .deviating(deviations(world, called(world)))
                        .uncertain(uncertain(world, called(world)));
            }
            RequestValue plain = RequestValue.of(method, url);
            ApiModel entered = evaluator.entered(plain);
            if (entered == null) {
                Explanation nowhere = evaluator.explain(plain, draw);
                return told(new Explained(nowhere, List.of()), plain.query(), false)
                        .uncertain(world.uncertain());
            }
            String target = plain.path() + (plain.query() == null ? "" : "?" + plain.query());
            return told(Explained.of(evaluator, said(target).to(entered.id()).byHost(), draw), plain.query(), true)
                    .deviating(world.deviationsOf(entered.id()))
                    .uncertain(uncertain(world, entered));
        } catch (IllegalArgumentException e) {
            if (!world.uncertain().isEmpty()) {
                // It may be there, and not be read.
                throw new ProblemsException(world.where(), world.uncertain());
            }
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static List<Problem> uncertain(InForce world, @Nullable ApiModel called) {
        return called == null ? world.uncertain() : world.uncertainFor(called.namespace());
    }

    private static List<Deviation> deviations(InForce world, @Nullable ApiModel called) {
        return called == null ? List.of() : world.deviationsOf(called.id());
    }

    /** Where the path alone is said: the API that is named, or the only one. */
    private @Nullable ApiModel called(InForce world) {
        List<ApiModel> fitting = world.model().apis().stream()
                .filter(one -> api == null || one.id().equals(api))
                .toList();
        return fitting.size() == 1 ? fitting.get(0) : null;
    }

    /** Secrets travel in queries, and what is printed here ends in the logs of pipelines. */
    private static Told told(Explained explained, @Nullable String query, boolean whole) {
        Explanation all = explained.explanation();
        String request = query == null ? all.request() : all.request().replace("?" + query, "?[redacted]");
        Explained shown =
                new Explained(new Explanation(request, all.decision(), all.steps()), explained.alternatives());
        return new Told(
                whole ? shown.render() : shown.explanation().render(), shown.explanation(), shown.alternatives());
    }

    private Asked said(String target) {
        Asked asked = Asked.method(method, target);
        asked = api == null ? asked : asked.to(api);
        asked = from == null ? asked : asked.from(from);
        asked = subject == null ? asked : asked.as(subject);
        asked = scopes.isEmpty() ? asked : asked.scopes(scopes.toArray(String[]::new));
        for (String header : headers) {
            asked = asked.header(name("--header", header), value(header));
        }
        for (String name :
                claims.stream().map(claim -> name("--claim", claim)).distinct().toList()) {
            String[] values = claims.stream()
                    .filter(claim -> name("--claim", claim).equals(name))
                    .map(RequestOptions::value)
                    .toArray(String[]::new);
            asked = asked.claim(name, values);
        }
        return asked;
    }

    private static String name(String option, String pair) {
        int at = pair.indexOf('=');
        if (at < 1) {
            throw new UsageException(option + " must be NAME=VALUE");
        }
        return pair.substring(0, at);
    }

    private static String value(String pair) {
        return pair.substring(pair.indexOf('=') + 1);
    }
}
