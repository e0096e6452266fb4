package dev.lintel.mesh;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Draw;
import dev.lintel.core.evaluate.Evaluator;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.Traffic;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/**
 * One request and how a model decides it: what a {@linkplain dev.lintel.core.plan.Deviation deviation} matters to, or does not.
 *
 * @param api the one that is called, or one that is exposed at the host that is called
 * @param request what was asked
 * @param decision what the model says
 */
public record Decided(ApiModel api, RequestValue request, Decision decision) {
    /** What a path may hold besides letters, digits and {@code *} (RFC 3986, 3.3); parameters are no oddity of their own. */
    private static final String IN_PATHS = "-._~%!$&'()+,=:@/*;";
    /** What needs no escape besides letters and digits (RFC 3986, 2.3), and what takes a path apart. */
    private static final String DECODED = "-._~/\\";

    /** Checks that nothing is missing. */
    public Decided {
        Objects.requireNonNull(api, "api");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(decision, "decision");
    }

    /**
     * Whether it calls from inside.
     *
     * @return false if it enters by a host
     */
    public boolean isInside() {
        return request.via() == Request.Via.MESH;
    }

    /**
     * Whether it comes to the service.
     *
     * @return false if it is refused or answered before
     */
    public boolean isForwarded() {
        return decision instanceof Decision.Forward;
    }

    /**
     * Whether it is refused, for whatever reason.
     *
     * @return false if it passes or is answered
     */
    public boolean isRefused() {
        return decision instanceof Decision.Refuse;
    }

    /**
     * Whether it is refused for one of some reasons.
     *
     * @param reasons any of them
     * @return false if it passes, or is refused for another reason
     */
    public boolean isRefusedFor(Reason... reasons) {
        return decision instanceof Decision.Refuse refuse
                && Arrays.asList(reasons).contains(refuse.reason());
    }

    /**
     * Whether it is answered by a fault that is made on purpose.
     *
     * @return false for answers that a route gives
     */
    public boolean isFault() {
        return decision instanceof Decision.Reply reply && reply.fault();
    }

    /**
     * Where it is sent to in place of the service.
     *
     * @return empty if it is not redirected
     */
    public String location() {
        return decision instanceof Decision.Reply reply && reply.location() != null ? reply.location() : "";
    }

    /**
     * Whether it takes a route that answers in place of the service, also where a fault or a refusal comes first.
     *
     * @return false for calls from inside, which take no routes
     */
    public boolean isAnsweredByRoute() {
        Service of = api.service();
        Service service = new Service(of.name(), of.port(), of.labels(), of.versions(), null, null, null, Traffic.NONE);
        ApiModel bare = new ApiModel(
                api.name(),
                api.namespace(),
                api.entry().bare(Access.OPEN),
                service,
                List.of(),
                api.origin(),
                api.front());
        return Evaluator.of(new MeshModel(List.of(bare))).decide(request, Draw.RANDOM) instanceof Decision.Reply;
    }

    /**
     * Whether its path has parameters.
     *
     * @return true if there is a {@code ;} in it
     */
    public boolean hasPathParameters() {
        return request.path().indexOf(';') >= 0;
    }

    /**
     * Whether its path has characters that RFC 3986 does not allow there.
     *
     * @return false for those that are escaped
     */
    public boolean hasOddPath() {
        return !request.path().chars().allMatch(c -> isLetterOrDigit(c) || IN_PATHS.indexOf(c) >= 0);
    }

    /**
     * Whether its path cannot be brought into the one form that is decided, for another reason than odd characters.
     *
     * @return true for broken escapes and {@code ..} above the root
     */
    public boolean isPathBroken() {
        return !hasOddPath() && PathNormalizer.WITH_PARAMETERS.normalize(request.path()) == null;
    }

    /**
     * Whether an escape of its path is in lower case, and stays one.
     *
     * @return false if there are none, all are in upper case, or those that are not stand for characters that need none
     */
    public boolean hasLowerCaseEscape() {
        String path = request.path();
        for (int at = path.indexOf('%'); at >= 0 && at + 2 < path.length(); at = path.indexOf('%', at + 1)) {
            String escape = path.substring(at, at + 3);
            int value = 16 * Character.digit(escape.charAt(1), 16) + Character.digit(escape.charAt(2), 16);
            boolean decoded = isLetterOrDigit(value) || DECODED.indexOf(value) >= 0;
            if (!decoded && !escape.equals(escape.toUpperCase(Locale.ROOT))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLetterOrDigit(int c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    /**
     * Whether it carries two cookies of one name.
     *
     * @return false where each comes once
     */
    public boolean hasCookieTwice() {
        List<String> names = Arrays.stream(
                        Objects.requireNonNullElse(request.header("cookie"), "").split(";"))
                .filter(cookie -> cookie.indexOf('=') > 0)
                .map(cookie -> cookie.substring(0, cookie.indexOf('=')).strip())
                .toList();
        return names.stream().distinct().count() < names.size();
    }

    /**
     * Whether it carries a token, whatever it is worth.
     *
     * @return false for sessions, which are in cookies
     */
    public boolean hasToken() {
        return !(request.token() instanceof Token.None);
    }

    /**
     * Whether it carries a field {@code Authorization}, for a token or for something else.
     *
     * @return false without one
     */
    public boolean hasAuthorization() {
        return hasToken() || request.header("authorization") != null;
    }

    /**
     * Whether it carries a token that is no good here.
     *
     * @return true if it was refused by its signature or times, or is of another issuer or for another audience
     */
    public boolean hasUnfitToken() {
        Access access = api.entry().access();
        return hasToken()
                && !(request.token() instanceof Token.Verified good
                        && access.issuers().stream().map(Issuer::issuer).anyMatch(good.issuer()::equals)
                        && (access.audiences().isEmpty()
                                || good.audiences().stream().anyMatch(access.audiences()::contains)));
    }

    /**
     * The claims of its token.
     *
     * @return empty if it has none that is good
     */
    public Map<String, Object> claims() {
        return request.token() instanceof Token.Verified good ? good.claims() : Map.of();
    }

    /**
     * Whether it names a port besides the host.
     *
     * @return false for the scheme's own, which is left out
     */
    public boolean namesPort() {
        return request.host().indexOf(':') >= 0;
    }
}
