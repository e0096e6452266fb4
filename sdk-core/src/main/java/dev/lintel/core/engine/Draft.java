package dev.lintel.core.engine;

import dev.lintel.core.ApiDefinition;
import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.Peer;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.match.Match;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.match.Precedence;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.GrpcRule;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.HealthRule;
import dev.lintel.core.model.LoginRule;
import dev.lintel.core.model.MirrorRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.model.Version;
import dev.lintel.core.spi.ApiDraft;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects what the compilers write about one API, and fills in the defaults at the end. */
final class Draft implements ApiDraft {
    private final ApiDefinition definition;
    private final List<Problem> problems;
    private final List<Problem> warnings;
    private final Map<String, Origin> hosts = new LinkedHashMap<>();
    private final List<Route> routes = new ArrayList<>();
    private final List<Rewrite> rewrites = new ArrayList<>();
    private final List<GuardRule> guards = new ArrayList<>();
    private final DraftHeaders headers = new DraftHeaders();
    private final Versions versions = new Versions();
    private Map<String, String> labels;
    private @Nullable Origin labelled;
    private Access access = Access.OPEN;
    private boolean pathParameters;
    private @Nullable SplitRule split;
    private @Nullable RetryRule retry;
    private @Nullable TimeoutRule timeout;
    private final List<Choice> choices = new ArrayList<>();
    private final List<MirrorRule> mirrors = new ArrayList<>();
    private @Nullable FaultRule fault;
    private @Nullable BreakerRule breaker;
    private @Nullable BalanceRule balance;
    private @Nullable HealthRule health;
    private @Nullable Elsewhere elsewhere;
    private @Nullable GrpcRule grpc;
    private final List<PathPattern> paths = new ArrayList<>();
    private final List<CallerRule> callers = new ArrayList<>();
    private final DraftLogin login = new DraftLogin();
    private @Nullable AuthorizerRule authorizer;
    private @Nullable FrontRule front;
    private @Nullable Said now;

    Draft(ApiDefinition definition, List<Problem> problems, List<Problem> warnings) {
        this.definition = definition;
        this.problems = problems;
        this.warnings = warnings;
        this.labels = Map.of("app", definition.service().name());
    }

    /** Says which policy is being compiled from now on. */
    void now(Said said) {
        now = said;
    }

    ApiModel finish(Optional<World> world) {
        String id = definition.id();
        hosts.forEach((host, origin) ->
                Hosts.foreign(id, namespace(), host, world, origin).ifPresent(problems::add));
        if (hosts.isEmpty() && world.isPresent()) {
            hosts.put(world.get().host(name(), namespace()), definition.origin());
        }
        problems.addAll(versions.problems(id));
        problems.addAll(headers.problems(id));
        routes.add(new Route(Match.any(), null, definition.origin()));
        routes.sort(Comparator.comparing(Route::match, Precedence.ORDER));
        rewrites.sort(Comparator.comparing(Rewrite::from, Precedence.ofPaths()));
        if (front != null && callers.isEmpty()) {
            // Nobody called it before, and who does not enter by the host shows no token that was checked.
            callers.add(new CallerRule(Endpoint.any(), List.of(new Peer(namespace(), name())), true, front.origin()));
        }
        callers.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        problems.addAll(new CallerConflicts(id, callers).problems());
        paths.sort(Precedence.ofPaths());
        problems.addAll(login.problems(id, access));
        Entry entry = new Entry(
                List.copyOf(hosts.keySet()),
                sorted(login.access(access)),
                routes,
                rewrites,
                headers.changes(),
                pathParameters,
                paths,
                authorizer,
                login.rule());
        Traffic traffic = new Traffic(choices, mirrors, fault, breaker, balance, health, elsewhere);
        Service service = new Service(
                name(),
                definition.service().port(),
                labels,
                versions.sorted(),
                split,
                retry,
                timeout,
                traffic,
                callers,
                grpc);
        if (elsewhere != null) {
            problems.addAll(new Places(id, elsewhere).problems(versions.origins(), labelled, balance, rewrites));
        }
        ApiModel api = new ApiModel(name(), namespace(), entry, service, guards, definition.origin(), front);
        problems.addAll(new OwnPaths(api).problems());
        problems.addAll(FrontConflicts.problems(api));
        new Relations(api, problems, warnings).check();
        return api;
    }

    private static Access sorted(Access access) {
        List<AccessRule> rules = new ArrayList<>(access.rules());
        rules.sort(Comparator.comparing(rule -> Match.of(rule.endpoint()), Precedence.ORDER));
        return new Access(access.issuers(), access.audiences(), rules);
    }

    @Override
    public String name() {
        return definition.service().name();
    }

    @Override
    public String namespace() {
        return definition.namespace();
    }

    @Override
    public Origin origin() {
        return now == null ? definition.origin() : now.origin();
    }

    @Override
    public List<Said> said() {
        return definition.policies();
    }

    @Override
    public boolean verifiesTokens() {
        return login.rule() != null || !access.issuers().isEmpty();
    }

    @Override
    public void host(String host) {
        hosts.put(host, origin());
    }

    @Override
    public void allowPathParameters() {
        pathParameters = true;
    }

    @Override
    public void access(Access given) {
        if (access.isRestricted()) {
            problem("access.twice", "a second access policy", "say who may call in one policy");
        }
        access = given;
    }

    @Override
    public void route(Route route) {
        routes.stream()
                .filter(first -> first.match().rivals(route.match()))
                .findFirst()
                .ifPresent(first -> problem(
                        "route.twice",
                        "'" + route.match() + "' and '" + first.match() + "' speak about the same requests"
                                + first.origin().after(", first at "),
                        "say once where they go"));
        routes.add(route);
        if (route.version() != null) {
            versions.use(route.version(), route.origin());
        }
    }

    @Override
    public void rewrite(Rewrite rewrite) {
        rewrites.add(rewrite);
    }

    @Override
    public void requestHeader(String name, String value) {
        headers.set(true, name, value, origin());
    }

    @Override
    public void responseHeader(String name, String value) {
        headers.set(false, name, value, origin());
    }

    @Override
    public void version(Version version) {
        versions.declare(version, origin());
    }

    @Override
    public void workloadLabels(Map<String, String> given) {
        labels = new LinkedHashMap<>(given);
        labelled = origin();
    }

    @Override
    public void split(SplitRule given) {
        split = given;
        given.shares().forEach(share -> versions.use(share.version(), given.origin()));
    }

    @Override
    public void retry(RetryRule given) {
        retry = given;
    }

    @Override
    public void timeout(TimeoutRule given) {
        timeout = given;
    }

    @Override
    public void addRequestHeader(String name, String value) {
        headers.add(true, name, value, origin());
    }

    @Override
    public void addResponseHeader(String name, String value) {
        headers.add(false, name, value, origin());
    }

    @Override
    public void removeRequestHeader(String name) {
        headers.remove(true, name, origin());
    }

    @Override
    public void removeResponseHeader(String name) {
        headers.remove(false, name, origin());
    }

    @Override
    public void choice(Choice choice) {
        choices.add(choice);
        versions.use(choice.version(), choice.origin());
    }

    @Override
    public void mirror(MirrorRule mirror) {
        mirrors.add(mirror);
        versions.use(mirror.version(), mirror.origin());
    }

    @Override
    public void fault(FaultRule given) {
        fault = given;
    }

    @Override
    public void breaker(BreakerRule given) {
        breaker = given;
    }

    @Override
    public void balance(BalanceRule given) {
        balance = given;
    }

    @Override
    public void health(HealthRule given) {
        health = given;
    }

    @Override
    public void elsewhere(Elsewhere given) {
        elsewhere = given;
    }

    @Override
    public void grpc(GrpcRule given) {
        grpc = given;
    }

    @Override
    public void paths(PathPattern given) {
        paths.add(given);
    }

    @Override
    public void callers(CallerRule rule) {
        callers.stream()
                .filter(first -> first.endpoint().rivals(rule.endpoint()))
                .findFirst()
                .ifPresent(first -> problem(
                        "callers.twice",
                        "'" + rule.endpoint() + "' and '" + first.endpoint() + "' speak about the same requests"
                                + first.origin().after(", first at "),
                        "say once who may call them, with all callers"));
        callers.add(rule);
    }

    @Override
    public void authorizer(AuthorizerRule rule) {
        if (authorizer != null) {
            problem(
                    "authorizer.twice",
                    "a second external authorizer" + authorizer.origin().after(", first at "),
                    "ask one of them, and let it ask the other");
        }
        authorizer = rule;
    }

    @Override
    public void login(LoginRule rule, List<AccessRule> asked) {
        if (login.rule() != null) {
            problem("login.twice", "a second login", "let people log in at one provider, which knows the others");
        }
        login.set(rule, asked);
    }

    @Override
    public void front(FrontRule rule) {
        if (front != null) {
            problem(
                    "front.twice",
                    "a second front" + front.origin().after(", first at "),
                    "serve one thing by one API, and the other by another one");
        }
        front = rule;
    }

    @Override
    public void guard(GuardRule rule) {
        guards.add(rule);
    }

    @Override
    public void problem(String code, String message, String hint) {
        problems.add(told(now, code, message, hint));
    }

    @Override
    public void problem(Said said, String code, String message, String hint) {
        problems.add(told(said, code, message, hint));
    }

    @Override
    public void warning(String code, String message, String hint) {
        warnings.add(told(now, code, message, hint));
    }

    private Problem told(@Nullable Said about, String code, String message, String hint) {
        String path =
                definition.id() + (about == null ? "" : " " + about.policy().kind());
        return new Problem(code, path, message, hint, about == null ? definition.origin() : about.origin());
    }
}
