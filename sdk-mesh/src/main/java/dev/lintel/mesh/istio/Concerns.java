package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.PathNormalizer;
import dev.lintel.core.model.AccessRule;
import dev.lintel.core.model.Requirement;
import dev.lintel.mesh.Decided;
import org.jspecify.annotations.Nullable;

/** To which requests the longer lines of {@link IstioDeviations} matter. */
final class Concerns {
    private Concerns() {}

    static boolean lacksSubject(Decided it) {
        return !it.isInside() && it.request().token() instanceof Token.Verified good && good.subject() == null;
    }

    /** A claim that was asked for and may be no text: on a command line, numbers are texts. */
    static boolean bringsOddClaims(Decided it) {
        AccessRule rule = it.decision().access();
        return rule != null
                && rule.requirement() instanceof Requirement.Token needed
                && needed.anyOf().stream()
                        .flatMap(grant -> grant.claims().stream())
                        .anyMatch(claim -> isOdd(claim.name(), it.claims().get(claim.name())));
    }

    private static boolean isOdd(String name, @Nullable Object value) {
        if (value instanceof String text) {
            return name.equals("permission") && text.indexOf(' ') >= 0
                    || text.equals("true")
                    || text.equals("false")
                    || !text.isEmpty() && text.chars().allMatch(c -> Character.isDigit(c) || c == '.' || c == '-');
        }
        return value instanceof Number || value instanceof Boolean;
    }

    static boolean isOddPathRefused(Decided it) {
        return !it.isInside() && it.isRefusedFor(Reason.BAD_REQUEST) && (it.hasPathParameters() || it.hasOddPath());
    }

    static boolean isCallerWhoEnters(Decided it) {
        return !it.isInside() && it.request().caller() instanceof Caller.Workload && !it.isRefused();
    }

    /** The authorizer is asked first, or of another path than the one that was asked for. */
    static boolean isAnsweredBeforeAuthorizer(Decided it) {
        return !it.isInside()
                && (it.isRefusedFor(Reason.BAD_REQUEST)
                        || it.decision() instanceof Decision.Reply
                        || !it.request()
                                .path()
                                .equals(PathNormalizer.WITH_PARAMETERS.normalize(
                                        it.request().path())));
    }

    static boolean isCopied(Decided it) {
        return it.decision() instanceof Decision.Forward forward
                && !forward.mirrors().isEmpty();
    }

    /** Whoever is refused by the workload meets the fault before, and a fault has words of its own. */
    static boolean meetsFaultFirst(Decided it) {
        return it.isFault() || it.isRefused() && !it.isRefusedFor(Reason.BAD_REQUEST, Reason.UNKNOWN_HOST);
    }

    /**
     * Whether a path that cannot be decided is not answered 400 all the same: Envoy answers an escaped NUL so, and the gateway an
     * escape that is none where it looks at escapes.
     */
    static boolean isPassedOnBroken(Decided it) {
        String path = it.request().path();
        boolean looked = !it.isInside()
                && it.api().entry().access().isRestricted()
                && !Hygiene.of(it.api()).escapes();
        return it.isPathBroken() && !path.contains("%00") && !(looked && hasNoEscape(path));
    }

    private static boolean hasNoEscape(String path) {
        for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 1)) {
            if (at + 2 >= path.length()
                    || Character.digit(path.charAt(at + 1), 16) < 0
                    || Character.digit(path.charAt(at + 2), 16) < 0) {
                return true;
            }
        }
        return false;
    }
}
