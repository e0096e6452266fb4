package dev.lintel.core.spi;

import dev.lintel.core.Origin;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.GuardRule;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Rewrite;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
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
     * Reports what should be known before the policy that is being compiled is applied; nothing is refused for it.
     *
     * @param code a short stable name, for example {@code oauth2.any-audience}
     * @param message what should be known
     * @param hint what to do about it
     */
    void warning(String code, String message, String hint);
}
