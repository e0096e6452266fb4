package dev.lintel.core.spi;

import dev.lintel.core.ApiDefinition.Said;
import dev.lintel.core.Origin;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.CallerRule;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.Elsewhere;
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
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import java.util.List;
import java.util.Map;

/**
 * One API while its policies are compiled: a compiler writes what its policy means. What nobody writes gets its default
 * afterwards: the host from the API's name, a route that matches everything, no limits.
 */
public interface ApiDraft {
    /**
     * The name of the API.
     *
     * @return a DNS label
     */
    String name();

    /**
     * The namespace of the API.
     *
     * @return a DNS label
     */
    String namespace();

    /**
     * The line that said the policy that is being compiled.
     *
     * @return its origin
     */
    Origin origin();

    /**
     * All that was said about the API, for a policy that others say more about.
     *
     * @return in the order of saying
     */
    List<Said> said();

    /**
     * Whether the policies that were compiled so far verify tokens, so that there may be scopes.
     *
     * @return true with an issuer or a login
     */
    boolean verifiesTokens();

    /**
     * Exposes the API at a host instead of the one made from its name; may be said for several hosts.
     *
     * @param host lower-case, without port
     */
    void host(String host);

    /** Lets {@code ;} through in paths. */
    void allowPathParameters();

    /**
     * Says who may call. A second access policy on one API is a problem.
     *
     * @param access issuers, audiences and rules; the rules are put into their order afterwards
     */
    void access(Access access);

    /**
     * Adds a route for requests that enter by an exposed host.
     *
     * @param route the route; all of them are put into their order afterwards
     */
    void route(Route route);

    /**
     * Adds a rewrite.
     *
     * @param rewrite the rewrite; all of them are put into their order afterwards
     */
    void rewrite(Rewrite rewrite);

    /**
     * Sets a header on the way to the service.
     *
     * @param name in lower case
     * @param value the whole value
     */
    void requestHeader(String name, String value);

    /**
     * Sets a header on the way back.
     *
     * @param name in lower case
     * @param value the whole value
     */
    void responseHeader(String name, String value);

    /**
     * Names a version and what tells its workloads. A version that is only used gets the label {@code version=name}.
     *
     * @param version the version
     */
    void version(Version version);

    /**
     * Says which labels the service's workloads carry.
     *
     * @param labels at least one
     */
    void workloadLabels(Map<String, String> labels);

    /**
     * Shares calls among versions.
     *
     * @param split the shares
     */
    void split(SplitRule split);

    /**
     * Tries failed calls again.
     *
     * @param retry when and how often
     */
    void retry(RetryRule retry);

    /**
     * Limits how long a call may take.
     *
     * @param timeout the limit
     */
    void timeout(TimeoutRule timeout);

    /**
     * Adds a header beside what is there, on the way to the service.
     *
     * @param name in lower case
     * @param value its value
     */
    void addRequestHeader(String name, String value);

    /**
     * Adds a header beside what is there, on the way back.
     *
     * @param name in lower case
     * @param value its value
     */
    void addResponseHeader(String name, String value);

    /**
     * Removes a header on the way to the service.
     *
     * @param name in lower case
     */
    void removeRequestHeader(String name);

    /**
     * Removes a header on the way back.
     *
     * @param name in lower case
     */
    void removeResponseHeader(String name);

    /**
     * Gives some calls a version before weights are asked; what is said first is asked first.
     *
     * @param choice which calls, and their version
     */
    void choice(Choice choice);

    /**
     * Sends copies of calls to a version.
     *
     * @param mirror which version, and how many
     */
    void mirror(MirrorRule mirror);

    /**
     * Makes faults on purpose.
     *
     * @param fault which
     */
    void fault(FaultRule fault);

    /**
     * Leaves workloads out and refuses calls where too much fails or waits.
     *
     * @param breaker when
     */
    void breaker(BreakerRule breaker);

    /**
     * Says which workload gets a call.
     *
     * @param balance how one is picked
     */
    void balance(BalanceRule balance);

    /**
     * Asks workloads whether they are well.
     *
     * @param health how
     */
    void health(HealthRule health);

    /**
     * Says where the service is.
     *
     * @param elsewhere not in the API's own namespace
     */
    void elsewhere(Elsewhere elsewhere);

    /**
     * Says that the service speaks gRPC.
     *
     * @param rule where it was said
     */
    void grpc(GrpcRule rule);

    /**
     * Says which paths of its hosts belong to the API, in place of all of them; may be said for several.
     *
     * @param paths a pattern that is a whole subtree, or one path
     */
    void paths(PathPattern paths);

    /**
     * Says who may call, by the identity that a connection proves.
     *
     * @param rule the rule; all of them are put into their order afterwards
     */
    void callers(CallerRule rule);

    /**
     * Asks somebody else about every request that enters. A second one on one API is a problem.
     *
     * @param rule who is asked
     */
    void authorizer(AuthorizerRule rule);

    /**
     * Lets people log in. A second login on one API is a problem.
     *
     * @param rule how
     * @param access what is asked of them where no other policy says who may call; empty for a session everywhere
     */
    void login(LoginRule rule, List<AccessRule> access);

    /**
     * Says that the API is served by Lintel itself. A second front on one API is a problem.
     *
     * @param rule what is served, and which services are called for it
     */
    void front(FrontRule rule);

    /**
     * Adds a rule that this vocabulary does not know.
     *
     * @param rule the rule
     */
    void guard(GuardRule rule);

    /**
     * Reports what is wrong with the policy that is being compiled; the definition is refused with all its problems.
     *
     * @param code a short stable name, for example {@code oauth2.fallthrough}
     * @param message what is wrong, with the value
     * @param hint what to do about it
     */
    void problem(String code, String message, String hint);

    /**
     * Reports what is wrong with another policy of the same API, at the line that said it.
     *
     * @param said one of {@link #said}
     * @param code a short stable name
     * @param message what is wrong, with the value
     * @param hint what to do about it
     */
    void problem(Said said, String code, String message, String hint);

    /**
     * Reports what should be known before the policy that is being compiled is applied; nothing is refused for it.
     *
     * @param code a short stable name, for example {@code oauth2.any-audience}
     * @param message what should be known
     * @param hint what to do about it
     */
    void warning(String code, String message, String hint);
}
