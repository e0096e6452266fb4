package dev.lintel.mesh.capability;

/** What definitions can say, in the pieces by which worlds differ. Each policy's kind has at least one. */
public enum Feature {
    /** A host of its own. */
    HOST("entry.host/v1", "a host of its own"),
    /** Several APIs at one host, each at its paths. */
    PATHS("entry.paths/v1", "several APIs at one host, each at its paths"),
    /** Path parameters (;a=b). */
    PATH_PARAMETERS("entry.path-parameters/v1", "path parameters (;a=b)"),
    /** Workloads by other labels. */
    WORKLOADS("service.workload-selector/v1", "workloads by other labels"),
    /** A service that speaks gRPC. */
    GRPC("service.grpc/v1", "a service that speaks gRPC"),
    /** A token is needed, checked against its issuer and audience. */
    TOKEN("auth.oauth2/v1", "a token is needed, checked against its issuer and audience"),
    /** Scopes by path and method. */
    SCOPES("auth.oauth2/v1", "scopes by path and method"),
    /** Claims by path and method. */
    CLAIMS("auth.oauth2/v1", "claims by path and method"),
    /** Public and denied paths beside protected ones. */
    PUBLIC_PATHS("auth.oauth2/v1", "public and denied paths beside protected ones"),
    /** Callers by identity, by path. */
    CALLERS("auth.callers/v1", "callers by identity, by path"),
    /** A decision by OPA's REST data API. */
    OPA("auth.opa/v1", "a decision by OPA's REST data API"),
    /** A decision by an ext_authz server. */
    EXT_AUTHZ("auth.ext-authz/v1", "a decision by an ext_authz server"),
    /** Several ext_authz servers at one gateway. */
    AUTHORIZERS("auth.ext-authz/v1", "several ext_authz servers at one gateway"),
    /** Interactive login with sessions in cookies. */
    LOGIN("auth.login/v1", "interactive login with sessions in cookies"),
    /** Calls across the boundary of a namespace. */
    ISOLATION("Isolation/v1", "calls across the boundary of a namespace"),
    /** What may leave, by host and application. */
    EGRESS("Egress/v1", "what may leave, by host and application"),
    /** What leaves through an egress gateway only. */
    EGRESS_GATEWAY("Egress/v1", "what leaves through an egress gateway only"),
    /** Routes to a version by path, method, header and query. */
    ROUTE("traffic.route/v1", "routes to a version by path, method, header and query"),
    /** Versions by labels or by a service of their own. */
    VERSION("traffic.version/v1", "versions by labels or by a service of their own"),
    /** Shares of versions by weight. */
    SPLIT("traffic.split/v1", "shares of versions by weight"),
    /** A split that keeps callers by a cookie. */
    STICKY_COOKIE("traffic.split/v1", "a split that keeps callers by a cookie"),
    /** A split that keeps callers by a header. */
    STICKY_HEADER("traffic.split/v1", "a split that keeps callers by a header"),
    /** A split that keeps callers by a claim. */
    STICKY_CLAIM("traffic.split/v1", "a split that keeps callers by a claim"),
    /** A version by a header or a cookie. */
    CHOICE_REQUEST("traffic.choice/v1", "a version by a header or a cookie"),
    /** A version by a claim or a caller. */
    CHOICE_TOKEN("traffic.choice/v1", "a version by a claim or a caller"),
    /** A version by the calling workload. */
    CHOICE_WORKLOAD("traffic.choice/v1", "a version by the calling workload"),
    /** Copies of calls. */
    MIRROR("traffic.mirror/v1", "copies of calls"),
    /** Copies of a share of calls. */
    MIRROR_SHARE("traffic.mirror/v1", "copies of a share of calls"),
    /** Delays and aborts on purpose. */
    FAULT("traffic.fault/v1", "delays and aborts on purpose"),
    /** Ejection of failing workloads, limits of connections and calls. */
    BREAKER("traffic.breaker/v1", "ejection of failing workloads, limits of connections and calls"),
    /** Load balancing and consistent hashing. */
    LOAD_BALANCING("traffic.load-balancing/v1", "load balancing and consistent hashing"),
    /** Health checks by the proxy. */
    HEALTH_CHECK("traffic.health-check/v1", "health checks by the proxy"),
    /** Rate limits. */
    RATE_LIMIT("traffic.rate-limit/v1", "rate limits"),
    /** Retries. */
    RETRY("traffic.retry/v1", "retries"),
    /** A timeout over all tries. */
    TIMEOUT("traffic.timeout/v1", "a timeout over all tries"),
    /** Rewritten paths. */
    REWRITE("traffic.rewrite-path/v1", "rewritten paths"),
    /** Redirects. */
    REDIRECT("traffic.redirect/v1", "redirects"),
    /** Redirects by 303, 307 and 308. */
    REDIRECT_STATUS("traffic.redirect/v1", "redirects by 303, 307 and 308"),
    /** Answers in place of the service. */
    RESPOND("traffic.respond/v1", "answers in place of the service"),
    /** Headers set. */
    SET_HEADER("traffic.set-header/v1", "headers set"),
    /** Headers added. */
    ADD_HEADER("traffic.add-header/v1", "headers added"),
    /** Headers removed. */
    REMOVE_HEADER("traffic.remove-header/v1", "headers removed"),
    /** A service elsewhere, by its address. */
    EXTERNAL("traffic.served-by/v1", "a service elsewhere, by its address"),
    /** An application on Cloud Foundry. */
    CLOUD_FOUNDRY("traffic.served-by/v1", "an application on Cloud Foundry"),
    /** A Knative service. */
    KNATIVE("traffic.served-by/v1", "a Knative service"),
    /** A service in another cluster. */
    REMOTE_CLUSTER("traffic.served-by/v1", "a service in another cluster"),
    /** Credentials for a service elsewhere. */
    CREDENTIALS("traffic.served-by/v1", "credentials for a service elsewhere");

    private final String kind;
    private final String text;

    Feature(String kind, String text) {
        this.kind = kind;
        this.text = text;
    }

    /**
     * The kind of the policy or definition that says it.
     *
     * @return for example {@code traffic.split/v1}
     */
    public String kind() {
        return kind;
    }

    /**
     * What it is, for people.
     *
     * @return words for a table
     */
    public String text() {
        return text;
    }
}
