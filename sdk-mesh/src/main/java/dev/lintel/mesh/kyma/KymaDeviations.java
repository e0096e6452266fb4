package dev.lintel.mesh.kyma;

import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import dev.lintel.mesh.istio.IstioDeviations;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Where an APIRule answers differently from the standard: one table, each line with the APIs that it touches. */
public enum KymaDeviations {
    /** A request of which no rule speaks. */
    UNLISTED_PATH(
            "kyma.unlisted-path",
            "a request that nobody may make is answered 404 by the gateway where no rule of the APIRule names it, and 403"
                    + " otherwise",
            api -> api.entry().access().isRestricted(),
            it -> it.isRefusedFor(Reason.UNMATCHED, Reason.DENIED)),
    /** Methods of which the schema does not know. */
    METHODS(
            "kyma.methods",
            "other methods than GET, HEAD, POST, PUT, DELETE, CONNECT, OPTIONS, TRACE and PATCH are answered 404",
            api -> true,
            KymaDeviations::isUnknownMethod),
    /** A port in the host. */
    PORT(
            "kyma.port",
            "a request whose Host carries a port is answered 403, because the controller's policies ask for the bare host",
            api -> true,
            it -> !it.isInside() && it.namesPort()),
    /** Characters. */
    ODD_PATHS(
            "kyma.odd-paths",
            "a path with characters that the controller's expressions do not have is answered 404 or 403",
            api -> api.entry().access().isRestricted(),
            it -> !it.isInside() && it.hasOddPath()),
    /** Path parameters. */
    PATH_PARAMETERS(
            "kyma.path-parameters",
            "a path with ';' is passed on instead of answered 400",
            api -> !api.entry().pathParameters(),
            it -> !it.isInside() && it.hasPathParameters()),
    /** Calls without limit. */
    LONGEST_TIMEOUT(
            "kyma.longest-timeout",
            "a call that enters may take 3900 seconds, the longest that an APIRule can say, where no time-out is said",
            api -> api.service().timeout() == null,
            it -> !it.isInside() && it.isForwarded()),
    /** Retries. */
    RETRIES(
            "kyma.retries",
            "calls that enter keep Istio's two more tries after a connection that failed; an APIRule cannot say otherwise",
            api -> true,
            it -> !it.isInside() && it.isForwarded()),
    /** Headers that the controller sets and removes. */
    FORWARDED_HEADERS(
            "kyma.forwarded-headers",
            "the service gets x-forwarded-host, and the Access-Control headers of its answers are removed",
            api -> true,
            it -> !it.isInside() && it.isForwarded()),
    /** Where scopes are. */
    SCOPE_CLAIMS(
            "kyma.scope-claims",
            "scopes are looked for in the claims 'scp', 'scope' and 'scopes', all of them in one; only 'scope' is taken"
                    + " apart at spaces",
            KymaDeviations::asksForScopes,
            KymaDeviations::isByScopes),
    /** Callers of another host by name. */
    DRIFT(
            "kyma.drift",
            "what is changed by hand in the objects that the controller makes stays so for up to 30 minutes",
            api -> true,
            it -> false);

    /** What Istio's own objects do to an API that is written by them, and an APIRule does not. */
    private static final Set<String> OF_PLAIN_OBJECTS = Set.of(
            "istio.unlisted-path",
            "istio.odd-paths",
            "istio.stars",
            "istio.lower-case-escapes",
            "istio.tokens-passed",
            "istio.answer-tokens");

    private static final Set<String> KNOWN_METHODS =
            Set.of("GET", "HEAD", "POST", "PUT", "DELETE", "CONNECT", "OPTIONS", "TRACE", "PATCH");

    private final Deviation deviation;
    private final Predicate<ApiModel> touched;
    private final Predicate<Decided> concerned;

    KymaDeviations(String code, String text, Predicate<ApiModel> touched, Predicate<Decided> concerned) {
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

    /** Those that an API touches that is written as an APIRule, in the order of this table. */
    static List<Deviation> of(ApiModel api) {
        return Arrays.stream(values())
                .filter(one -> one.touched.test(api))
                .map(one -> one.deviation.about(List.of(api.id())))
                .toList();
    }

    /** Whether a deviation of Istio's own objects is one of an APIRule as well. */
    static boolean staysBesideApiRule(Deviation deviation) {
        return !OF_PLAIN_OBJECTS.contains(deviation.code());
    }

    /** Whether a deviation matters to one request, also one of Istio's own objects. */
    static boolean concerns(Deviation deviation, Decided request) {
        return Arrays.stream(values())
                        .anyMatch(one -> one.deviation.code().equals(deviation.code()) && one.concerned.test(request))
                || IstioDeviations.concerns(deviation, request);
    }

    private static boolean asksForScopes(ApiModel api) {
        return api.entry().access().rules().stream().anyMatch(KymaDeviations::asksForScopes);
    }

    private static boolean asksForScopes(AccessRule rule) {
        return rule.requirement() instanceof Requirement.Token token
                && token.anyOf().stream().anyMatch(grant -> !grant.scopes().isEmpty());
    }

    private static boolean isUnknownMethod(Decided it) {
        return !KNOWN_METHODS.contains(it.request().method());
    }

    private static boolean isByScopes(Decided it) {
        AccessRule rule = it.decision().access();
        return it.hasToken() && rule != null && asksForScopes(rule);
    }
}
