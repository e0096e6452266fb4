package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.match.Condition;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.istio.IstioDeviations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Where Gateway API answers differently from the standard, beside what the objects of the mesh do ({@link
 * dev.lintel.mesh.istio.IstioDeviations}).
 */
public enum GatewayApiDeviations {
    /** Odd paths. */
    ODD_PATHS(
            "gateway-api.odd-paths",
            "paths with parameters or with characters that RFC 3986 does not allow go on to the service as they are",
            (dialect, api) -> dialect.extension() != Extension.ENVOY_GATEWAY
                    || Grpc.speaks(api)
                    || !api.entry().access().isRestricted(),
            it -> !it.isInside() && (it.hasPathParameters() || it.hasOddPath())),
    /** Odd paths of nobody. */
    ODD_UNCLAIMED(
            "gateway-api.odd-unclaimed",
            "a path with ';' that is of none of the APIs of a shared host is answered 400 instead of 404",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && !Grpc.speaks(api)
                    && api.entry().access().isRestricted()
                    && !api.entry().paths().isEmpty()
                    && !api.entry().pathParameters(),
            it -> it.isRefusedFor(Reason.UNKNOWN_HOST) && it.hasPathParameters()),
    /** What is no gRPC. */
    GRPC_REQUESTS(
            "gateway-api.grpc-requests",
            "a request for a GRPCRoute that is no gRPC, by its method, its path or its content type, fares like a call of gRPC"
                    + " by the service and method in its path, whatever its method, or is answered 404",
            (dialect, api) -> Grpc.speaks(api),
            it -> !it.isInside() && !isGrpc(it)),
    /** Answers of the gateway to gRPC. */
    GRPC_STATUS(
            "gateway-api.grpc-status",
            "what the gateway answers itself comes to a gRPC caller as HTTP 200 with grpc-status: 401 as 16, 403 as 7, 404"
                    + " as 12, 503 as 14",
            (dialect, api) -> dialect.extension() != Extension.ISTIO && Grpc.speaks(api),
            it -> !it.isForwarded()),
    /** Calls that do not come through the gateway. */
    INSIDE(
            "gateway-api.inside",
            "split, choices, time-out, copies and breaker hold for what comes through the gateway; calls from inside go to"
                    + " the service as they are",
            (dialect, api) -> dialect.extension() != Extension.ISTIO && governs(api),
            Decided::isInside),
    /** Who goes around. */
    AROUND(
            "gateway-api.around",
            "access is asked at the gateway, and not of whoever reaches the service around it",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && api.entry().access().isRestricted(),
            Decided::isInside),
    /** Audiences. */
    WRONG_AUDIENCE(
            "gateway-api.wrong-audience",
            "a token for another audience is answered 403, not 401",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && !api.entry().access().audiences().isEmpty(),
            it -> it.isRefusedFor(Reason.WRONG_AUDIENCE)),
    /** Challenges. */
    NO_CHALLENGE(
            "gateway-api.no-challenge",
            "403 does not say which scope is missing",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && api.entry().access().isRestricted(),
            it -> it.isRefusedFor(Reason.INSUFFICIENT_SCOPE)),
    /** A cookie that comes twice. */
    COOKIE_TWICE(
            "gateway-api.cookie-twice",
            "of two cookies of one name any may count for the version, not only the first",
            (dialect, api) -> asksForCookies(api.service()),
            Decided::hasCookieTwice),
    /** Copies. */
    MIRROR_HOST(
            "gateway-api.mirror-host",
            "copies of calls may carry '-shadow' behind the name in Host",
            (dialect, api) -> !api.service().traffic().mirrors().isEmpty(),
            it -> it.decision() instanceof Decision.Forward forward
                    && !forward.mirrors().isEmpty()),
    /** Faults. */
    FAULT_FIRST(
            "gateway-api.fault-first",
            "faults are made before access is asked, so that a request that would be refused may meet one",
            (dialect, api) -> api.service().traffic().fault() != null,
            it -> it.isRefused() && !it.isRefusedFor(Reason.BAD_REQUEST, Reason.UNKNOWN_HOST)),
    /** Locations. */
    REDIRECT_ADDRESS(
            "gateway-api.redirect-address",
            "a redirect names scheme, host and port as well, those of the listener where they are not said",
            (dialect, api) -> answers(api, answer -> answer instanceof Answer.Redirect),
            it -> !it.location().isEmpty()),
    /** Where is counted. */
    PER_PROXY(
            "gateway-api.per-proxy",
            "each proxy of the gateway counts failures, connections and calls by itself",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && api.service().traffic().breaker() != null,
            Decided::isForwarded),
    /** Headers. */
    ELSEWHERE_HEADERS(
            "gateway-api.elsewhere-headers",
            "a service elsewhere gets the headers of callers as they come, but no Authorization at all where tokens are"
                    + " judged at the gateway",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && api.service().traffic().elsewhere() != null,
            Decided::isForwarded),
    /** Retries. */
    RETRY_BUDGET(
            "gateway-api.retry-budget",
            "retries under way are not limited to a share of the calls, and pauses between them are the"
                    + " implementation's where Gateway API alone says them",
            (dialect, api) ->
                    dialect.extension() != Extension.ISTIO && api.service().retry() != null,
            Decided::isForwarded),
    /** Odd paths and authorizers. */
    AUTHORIZER_ODD_PATHS(
            "gateway-api.authorizer-odd-paths",
            "the external authorizer is also asked about paths that would be answered 400, where no access is asked",
            (dialect, api) -> dialect.extension() == Extension.ENVOY_GATEWAY
                    && api.entry().authorizer() != null
                    && !api.entry().access().isRestricted(),
            it -> it.isRefusedFor(Reason.BAD_REQUEST)),
    /** Tries. */
    RETRIES(
            "gateway-api.retries",
            "Istio tries a call through the gateway twice more after failures before it was sent",
            (dialect, api) -> dialect.extension() == Extension.ISTIO,
            it -> !it.isInside() && it.isForwarded());

    /** How a VirtualService answers, and an HTTPRoute in its place does not; where access would rest on it, it is refused. */
    private static final Set<String> NOT_BY_ROUTES =
            Set.of("istio.odd-unclaimed", "istio.stars", "istio.lower-case-escapes");

    private final Deviation deviation;
    private final BiPredicate<GatewayApiDialect, ApiModel> touched;
    private final Predicate<Decided> concerned;

    GatewayApiDeviations(
            String code, String text, BiPredicate<GatewayApiDialect, ApiModel> touched, Predicate<Decided> concerned) {
        this.deviation = new Deviation(code, text);
        this.touched = touched;
        this.concerned = concerned;
    }

    /**
     * The code and the words.
     *
     * @return for plans and tables
     */
    public Deviation deviation() {
        return deviation;
    }

    /** Whether a deviation matters to one request, also one of the objects of the mesh. */
    static boolean concerns(Deviation deviation, Decided request) {
        return Arrays.stream(values())
                        .anyMatch(one -> one.deviation.code().equals(deviation.code()) && one.concerned.test(request))
                || IstioDeviations.concerns(deviation, request);
    }

    /** Those that a model touches, in the order of this table, each once, with the APIs that it touches. */
    static List<Deviation> of(GatewayApiDialect dialect, MeshModel model) {
        List<Deviation> found = new ArrayList<>();
        for (GatewayApiDeviations one : values()) {
            List<String> apis = model.apis().stream()
                    .filter(api -> one.touched.test(dialect, api))
                    .map(ApiModel::id)
                    .toList();
            if (!apis.isEmpty()) {
                found.add(one.deviation.about(apis));
            }
        }
        return found;
    }

    /**
     * Whether a deviation of Istio's own dialect is one behind routes as well.
     *
     * @param deviation of {@link dev.lintel.mesh.istio.IstioDeviations}
     * @return false where a route in the place of a VirtualService does not answer so
     */
    public static boolean staysBesideRoutes(Deviation deviation) {
        return !NOT_BY_ROUTES.contains(deviation.code());
    }

    private static boolean isGrpc(Decided it) {
        String type = it.request().header("content-type");
        return it.request().method().equals("POST") && type != null && type.startsWith("application/grpc");
    }

    private static boolean governs(ApiModel api) {
        Service service = api.service();
        Traffic traffic = service.traffic();
        return service.split() != null
                || service.retry() != null
                || service.timeout() != null
                || !traffic.equals(Traffic.NONE);
    }

    private static boolean asksForCookies(Service service) {
        SplitRule split = service.split();
        return split != null && split.sticky() != null
                || service.traffic().choices().stream()
                        .anyMatch(choice -> choice.when().by() == Condition.By.COOKIE);
    }

    private static boolean answers(ApiModel api, Predicate<Answer> test) {
        return api.entry().routes().stream().anyMatch(route -> route.answer() != null && test.test(route.answer()));
    }
}
