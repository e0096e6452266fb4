package dev.lintel.cli;

import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Explanation;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.explain.Asked;
import dev.lintel.core.explain.Explained;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.Dialect;
import dev.lintel.mesh.InForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
                    "By the host of an API, https://orders.shop.example.com/orders/7, or its path alone with --to."
                            + " Scheme and port count for calls of a workload (--from) alone.")
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
            description =
                    "The workload that calls, as frontend.shop: from inside where the URL is a path, or has a name inside"
                            + " the mesh, as http://orders.shop/orders/7; any other host is one that it calls outside.")
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
    Told ask(InForce world, Dialect dialect, Draw draw) {
        Evaluator evaluator = Evaluator.of(world.model());
        try {
            if (url.startsWith("/")) {
                return answered(world, dialect, evaluator, said(url), draw);
            }
            RequestValue plain = RequestValue.of(method, url);
            String target = plain.path() + (plain.query() == null ? "" : "?" + plain.query());
            Asked asked = said(target).at(plain.host());
            ApiModel entered = evaluator.entered(plain);
            Optional<InsideCall> call = InsideCall.of(from, url);
            ApiModel called = call.map(one -> one.service(evaluator)).orElseGet(() -> evaluator.called(plain.host()));
            if (called != null && (from != null || entered == null)) {
                if (from == null) {
                    throw new UsageException(
                            "'" + plain.host() + "' is a name inside the mesh: say by --from which workload calls");
                }
                String named = call.map(one -> one.whole(plain.host())).orElse(plain.host());
                return answered(world, dialect, evaluator, asked.at(named).to(called.id()), draw)
                        .uncertain(call.map(one -> one.at(called)).orElse(List.of()));
            }
            if (call.isPresent() && entered == null && !call.get().isOfTheCluster(world.model())) {
                return Told.leaving(call.get().leaves(evaluator))
                        .uncertain(world.uncertainAt(call.get().host()));
            }
            return entered == null
                    ? unanswered(world, dialect, evaluator, plain, draw)
                    : answered(world, dialect, evaluator, asked.to(entered.id()).byHost(), draw);
        } catch (IllegalArgumentException e) {
            if (!world.uncertain().isEmpty()) {
                // It may be there, and not be read.
                throw new ProblemsException(world.where(), world.uncertain());
            }
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    private static Told answered(InForce world, Dialect dialect, Evaluator evaluator, Asked asked, Draw draw) {
        Explained explained = Explained.of(evaluator, asked, draw);
        RequestValue request = asked.in(world.model(), evaluator.trustDomain());
        ApiModel api = called(world, asked);
        return told(explained, request.query(), true)
                .deviating(
                        dialect,
                        deviations(
                                world,
                                dialect,
                                List.of(api),
                                request,
                                explained.explanation().decision()))
                .uncertain(world.uncertainFor(api.namespace()));
    }

    /** For a host or a path of nobody, or a path that is no good: nobody can tell which API is meant. */
    private Told unanswered(InForce world, Dialect dialect, Evaluator evaluator, RequestValue plain, Draw draw) {
        Explanation nowhere = evaluator.explain(plain, draw);
        Explanation whole = new Explanation(nowhere.request() + said("/").who(), nowhere.decision(), nowhere.steps());
        List<ApiModel> there = world.model().apis().stream()
                .filter(api -> api.entry().hosts().contains(plain.host()))
                .toList();
        List<Problem> uncertain = new ArrayList<>(world.uncertainAt(name(plain)));
        InsideCall.of(from, url).ifPresent(call -> uncertain.add(call.unknown()));
        return told(new Explained(whole, List.of()), plain.query(), false)
                .deviating(dialect, deviations(world, dialect, there, plain, nowhere.decision()))
                .uncertain(there.isEmpty() ? uncertain : world.uncertain());
    }

    private static String name(RequestValue plain) {
        int colon = plain.host().indexOf(':');
        String name = colon < 0 ? plain.host() : plain.host().substring(0, colon);
        return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    }

    /** Of all that is so about some APIs what matters to this request. */
    private static List<Deviation> deviations(
            InForce world, Dialect dialect, List<ApiModel> apis, RequestValue request, Decision decision) {
        return apis.stream()
                .flatMap(api -> world.deviationsOf(api.id()).stream()
                        .filter(one -> dialect.concerns(one, new Decided(api, request, decision))))
                .distinct()
                .toList();
    }

    /** The API that is named, or the only one: nothing would have been explained otherwise. */
    private static ApiModel called(InForce world, Asked asked) {
        return world.model().apis().stream()
                .filter(one -> asked.to() == null || one.id().equals(asked.to()))
                .findFirst()
                .orElseThrow();
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
