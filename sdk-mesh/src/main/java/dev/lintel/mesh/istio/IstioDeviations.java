package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.match.Condition;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.Grant;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where a mesh answers differently from the standard: one table, each line with the models that it touches. */
public enum IstioDeviations {
    /** A missing token. */
    NO_TOKEN(
            "istio.no-token",
            "a request without the token that it needs is answered 403 \"RBAC: access denied\" instead of 401, and without"
                    + " WWW-Authenticate",
            IstioDeviations::asksForTokens,
            it -> it.isRefusedFor(Reason.NO_TOKEN)),
    /** A token for somebody else. */
    WRONG_AUDIENCE(
            "istio.wrong-audience",
            "a good token for another audience is answered 403 instead of 401",
            api -> !api.entry().access().audiences().isEmpty(),
            it -> it.isRefusedFor(Reason.WRONG_AUDIENCE)),
    /** A missing scope or claim. */
    NO_CHALLENGE(
            "istio.no-challenge",
            "a token that lacks a scope or a claim is answered 403 without WWW-Authenticate, which would name the scope",
            api -> grants(api).anyMatch(grant -> !grant.equals(Grant.NONE)),
            it -> it.isRefusedFor(Reason.INSUFFICIENT_SCOPE)),
    /** A path of which no rule speaks. */
    UNLISTED_PATH(
            "istio.unlisted-path",
            "a request that no access rule speaks about is answered 403 instead of 404",
            IstioDeviations::leavesPathsOut,
            it -> it.isRefusedFor(Reason.UNMATCHED)),
    /** Keys that cannot be had. */
    KEYS_UNAVAILABLE(
            "istio.keys-unavailable",
            "while the issuer's keys cannot be had, every token is answered 401 instead of 503; keys are fetched by istiod,"
                    + " not by the sidecar",
            api -> api.entry().access().issuers().stream().anyMatch(issuer -> issuer.jwks() == null),
            it -> it.isRefusedFor(Reason.UNVERIFIABLE)),
    /** Signature algorithms. */
    ALGORITHMS(
            "istio.algorithms",
            "signature algorithms cannot be pinned: whatever the issuer's keys are for is accepted",
            api -> !api.entry().access().issuers().isEmpty(),
            it -> it.isRefusedFor(Reason.INVALID_TOKEN)),
    /** Tokens without a subject. */
    NO_SUBJECT(
            "istio.no-subject",
            "a token without 'sub' is answered 403 where a token is needed",
            IstioDeviations::asksForTokens,
            Concerns::lacksSubject),
    /** Claims that are no texts. */
    CLAIM_TYPES(
            "istio.claim-types",
            "a claim that is a number or a boolean meets no rule, and the claim 'permission' is taken apart at spaces",
            api -> grants(api).anyMatch(grant -> !grant.claims().isEmpty()),
            Concerns::bringsOddClaims),
    /** Tokens where no issuer was said. */
    TOKENS_PASSED(
            "istio.tokens-passed",
            "tokens are not judged where no issuer is named; they are passed on",
            api -> api.entry().access().isRestricted()
                    && api.entry().access().issuers().isEmpty(),
            it -> !it.isInside() && it.hasToken()),
    /** Tokens that those inside send. */
    INSIDE_TOKENS(
            "istio.inside-tokens",
            "a call from inside that carries a token of another issuer, for another audience or out of date is refused, because"
                    + " the workload judges every token that it is shown",
            api -> AccessPlan.isAtWorkload(api)
                    && !api.entry().access().issuers().isEmpty(),
            it -> it.isInside() && it.hasUnfitToken()),
    /** Odd paths of APIs that ask for nothing. */
    ODD_PATHS(
            "istio.odd-paths",
            "paths with ';' or with characters that RFC 3986 does not allow are passed on instead of answered 400",
            api -> !AccessPlan.isNeeded(api),
            Concerns::isOddPathRefused),
    /** Odd paths of nobody. */
    ODD_UNCLAIMED(
            "istio.odd-unclaimed",
            "a path with ';' that is of none of the APIs of a shared host is answered 400 instead of 404",
            api -> AccessPlan.isNeeded(api)
                    && !api.entry().paths().isEmpty()
                    && !api.entry().pathParameters(),
            it -> it.isRefusedFor(Reason.UNKNOWN_HOST) && it.hasPathParameters()),
    /** Callers who enter. */
    CALLERS_WHO_ENTER(
            "istio.callers-who-enter",
            "a listed workload that enters by the host is known as the gateway only, and refused like anybody who enters"
                    + " there",
            api -> api.service().callers().stream().anyMatch(rule -> !rule.entering()),
            Concerns::isCallerWhoEnters),
    /** Odd paths of calls from inside. */
    CALLERS_ODD_PATHS(
            "istio.callers-odd-paths",
            "a call from inside is not answered 400 for a path with ';', which is compared as it stands",
            CallerPlan::asks,
            it -> it.isInside() && it.hasPathParameters()),
    /** Authorizers and what is refused anyway. */
    AUTHORIZER_FIRST(
            "istio.authorizer-first",
            "the external authorizer is asked about every request for the host, also where the gateway answers 400 or"
                    + " redirects by itself; the path that it is told is the one that Envoy has cleaned",
            api -> api.entry().authorizer() != null,
            Concerns::isAnsweredBeforeAuthorizer),
    /** Escapes and the root. */
    ESCAPES(
            "istio.escapes",
            "broken escapes, and those of controls and of bytes that are no UTF-8, are passed on, and '..' above the root is"
                    + " cleaned up, instead of answered 400; escapes keep their case",
            api -> true,
            it -> Concerns.isPassedOnBroken(it) || it.hasLowerCaseEscape()),
    /** Stars in paths. */
    STARS(
            "istio.stars",
            "a path with '*' is answered 400, because no path template of Envoy matches it",
            api -> asked(api).anyMatch(Forms::hasTemplate),
            it -> !it.isInside() && it.request().path().indexOf('*') >= 0),
    /** Escapes in lower case. */
    LOWER_CASE_ESCAPES(
            "istio.lower-case-escapes",
            "an escape in lower case is answered 400, because Envoy compares it with the one in upper case",
            api -> api.entry().access().isRestricted() && !Hygiene.of(api).escapes(),
            it -> !it.isInside() && it.hasLowerCaseEscape()),
    /** A cookie that comes twice. */
    COOKIE_TWICE(
            "istio.cookie-twice",
            "of two cookies of one name any may count for the version, not only the first",
            IstioDeviations::asksForCookies,
            Decided::hasCookieTwice),
    /** Copies. */
    MIRROR_HOST(
            "istio.mirror-host",
            "copies of calls carry '-shadow' behind the name in Host",
            api -> !api.service().traffic().mirrors().isEmpty(),
            Concerns::isCopied),
    /** Faults in front of access. */
    FAULT_FIRST(
            "istio.fault-first",
            "faults are made by the gateway, before the workload is asked for access, so that a request that would be"
                    + " refused may meet one; an answer in place of the service says 'fault filter abort'",
            api -> api.service().traffic().fault() != null && !FarAccess.isAsked(api),
            Concerns::meetsFaultFirst),
    /** Faults and answers. */
    FAULT_ANSWERS(
            "istio.fault-answers",
            "no faults are made on requests that the gateway answers itself",
            api -> api.service().traffic().fault() != null && !Answers.of(api).isEmpty(),
            it -> it.isFault() && it.isAnsweredByRoute()),
    /** Tokens in front of answers. */
    ANSWER_TOKENS(
            "istio.answer-tokens",
            "a token is not judged where the gateway answers itself, not even a bad one",
            api -> api.entry().access().isRestricted()
                    && !FarAccess.isAsked(api)
                    && !Answers.of(api).isEmpty(),
            it -> it.hasUnfitToken() && it.isAnsweredByRoute()),
    /** Locations. */
    REDIRECT_ADDRESS(
            "istio.redirect-address",
            "a redirect to a path names scheme and host as well, as the gateway sees them",
            api -> Answers.redirects(api, to -> to.scheme() == null && to.host() == null && to.port() == null),
            it -> it.location().startsWith("/")),
    /** Ports. */
    REDIRECT_PORT(
            "istio.redirect-port",
            "a redirect to another scheme at the same host keeps the port that the caller named",
            api -> Answers.redirects(api, to -> to.scheme() != null && to.host() == null),
            it -> !it.location().isEmpty() && it.namesPort()),
    /** Where is counted. */
    PER_PROXY(
            "istio.per-proxy",
            "each gateway and each sidecar counts failures, connections, calls and retries by itself",
            api -> api.service().retry() != null || api.service().traffic().breaker() != null,
            Decided::isForwarded),
    /** Small sets. */
    EJECTION_PERCENT(
            "istio.ejection-percent",
            "at most half of a version's workloads are left out at once, and so a single one never is; where there is only"
                    + " one, say maxEjectionPercent(100)",
            IstioDeviations::leavesPercentOpen,
            Decided::isForwarded),
    /** Failures after a connection was made. */
    LOCAL_FAILURES(
            "istio.local-failures",
            "where local failures are counted apart, each connection that is made sets their count back: connections that"
                    + " break and tries that take too long are never in a row, failures to connect are",
            IstioDeviations::countsLocalFailures,
            Decided::isForwarded),
    /** Answers of the proxy to gRPC. */
    GRPC_STATUS(
            "istio.grpc-status",
            "what a proxy answers itself comes to a gRPC caller as HTTP 200 with grpc-status: 401 as 16, 403 as 7, 404 as"
                    + " 12, 503 as 14",
            api -> api.service().grpc() != null,
            it -> !it.isForwarded()),
    /** Failures of gRPC. */
    GRPC_RETRIES(
            "istio.grpc-retries",
            "a gRPC call that fails with grpc-status is HTTP 200, and is not tried again for its status",
            api -> api.service().grpc() != null && api.service().retry() != null,
            Decided::isForwarded),
    /** Calls from inside. */
    INSIDE_RETRIES(
            "istio.inside-retries",
            "calls from inside keep Istio's two more tries, because nothing is said about calls of this service",
            api -> !ModelWriter.isGoverned(api.service()),
            it -> it.isInside() && it.isForwarded());

    private final Deviation deviation;
    private final Predicate<ApiModel> touched;
    private final Predicate<Decided> concerned;

    IstioDeviations(String code, String text, Predicate<ApiModel> touched, Predicate<Decided> concerned) {
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

    /**
     * All that a mesh can differ in, also where services are elsewhere and where something leaves.
     *
     * @return in the order of the tables, each once
     */
    public static List<Deviation> all() {
        return Stream.of(
                        Arrays.stream(values()).map(IstioDeviations::deviation),
                        Arrays.stream(FarDeviations.values()).map(FarDeviations::deviation),
                        Arrays.stream(EgressDeviations.values()).map(EgressDeviations::deviation))
                .flatMap(each -> each)
                .toList();
    }

    /**
     * Whether a deviation matters to one request.
     *
     * @param deviation one of this table, or of those where services are elsewhere; what is told of calls that leave matters to
     *     no request to an API
     * @param request the request and how it is decided
     * @return true if what comes of it may be otherwise in a mesh
     */
    public static boolean concerns(Deviation deviation, Decided request) {
        String code = deviation.code();
        return Arrays.stream(values()).anyMatch(one -> one.deviation.code().equals(code) && one.concerned.test(request))
                || FarDeviations.concerns(code, request);
    }

    /**
     * Those that a model touches.
     *
     * @param model what is to be written
     * @return in the order of this table, each once
     */
    static List<Deviation> of(MeshModel model) {
        return Arrays.stream(values())
                .flatMap(one -> about(one.deviation, model, one.touched))
                .toList();
    }

    /** A deviation with the APIs that it touches, if it touches any. */
    static Stream<Deviation> about(Deviation deviation, MeshModel model, Predicate<ApiModel> touched) {
        List<String> apis =
                model.apis().stream().filter(touched).map(ApiModel::id).toList();
        return apis.isEmpty() ? Stream.empty() : Stream.of(deviation.about(apis));
    }

    private static boolean asksForTokens(ApiModel api) {
        return grants(api).findAny().isPresent();
    }

    private static boolean asksForCookies(ApiModel api) {
        SplitRule split = api.service().split();
        return split != null && split.sticky() != null
                || api.service().traffic().choices().stream()
                        .anyMatch(choice -> choice.when().by() == Condition.By.COOKIE);
    }

    private static boolean countsLocalFailures(ApiModel api) {
        BreakerRule breaker = api.service().traffic().breaker();
        return breaker != null
                && breaker.outliers() != null
                && breaker.outliers().splitLocalErrors()
                && breaker.outliers().consecutiveLocalFailures() > 1;
    }

    private static boolean leavesPercentOpen(ApiModel api) {
        BreakerRule breaker = api.service().traffic().breaker();
        return breaker != null
                && breaker.outliers() != null
                && breaker.outliers().maxEjectionPercent() == null;
    }

    private static boolean leavesPathsOut(ApiModel api) {
        Access access = api.entry().access();
        return access.isRestricted()
                && access.rules().stream()
                        .noneMatch(rule -> rule.endpoint().methods().isEmpty()
                                && rule.endpoint().path().equals(PathPattern.ANY));
    }

    private static Stream<Grant> grants(ApiModel api) {
        return api.entry().access().rules().stream()
                .flatMap(rule -> rule.requirement() instanceof Requirement.Token token
                        ? token.anyOf().stream()
                        : Stream.empty());
    }

    private static Stream<PathPattern> asked(ApiModel api) {
        return api.entry().access().rules().stream().map(rule -> rule.endpoint().path());
    }
}
