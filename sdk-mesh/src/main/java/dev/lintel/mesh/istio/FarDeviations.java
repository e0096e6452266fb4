package dev.lintel.mesh.istio;

import dev.lintel.core.evaluate.Reason;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.plan.Deviation;
import dev.lintel.mesh.Decided;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Where a mesh treats services elsewhere, and who calls them, otherwise than the embedded gateway does. */
enum FarDeviations {
    /** Headers. */
    HEADERS(
            "istio.elsewhere-headers",
            "a service elsewhere gets the headers of callers as they come, those of Cloud Foundry's route services and"
                    + " Authorization among them unless access is asked in front of it",
            Decided::isForwarded),
    /** Calls from inside. */
    INSIDE(
            "istio.elsewhere-inside",
            "a call from inside by the name of a service elsewhere finds none where the gateway asks for access, or"
                    + " has the secrets that are needed there; it enters by the host, and is asked like any other",
            Decided::isInside),
    /** Tokens that do not go on. */
    AUTHORIZATION(
            "istio.elsewhere-authorization",
            "where access is asked in front of a service elsewhere, no Authorization goes on to it, whatever its"
                    + " scheme",
            it -> it.isForwarded() && it.hasAuthorization()),
    /** Refused for two reasons. */
    BOTH(
            "istio.elsewhere-both",
            "a request for a service elsewhere that is refused for its path and for its caller is answered 403 or"
                    + " 401 instead of 400",
            it -> it.isRefusedFor(Reason.BAD_REQUEST)),
    /** What the gateway does not read. */
    UNREAD(
            "istio.gateway-unread",
            "where access is asked in front of a service elsewhere, the gateway refuses what it passes on unread for"
                    + " anybody, that is TCP and TLS of the mode PASSTHROUGH",
            it -> false),
    /** Tokens at all hosts. */
    TOKENS(
            "istio.gateway-tokens",
            "a bad token is answered 401 at every host of the gateway, also where no issuer is named; one of an"
                    + " issuer that only others trust is answered 403 in front of a service elsewhere",
            Decided::hasUnfitToken);

    private final Deviation deviation;
    private final Predicate<Decided> concerned;

    FarDeviations(String code, String text, Predicate<Decided> concerned) {
        this.deviation = new Deviation(code, text);
        this.concerned = concerned;
    }

    /** Whether one of these matters to a request. */
    static boolean concerns(String code, Decided request) {
        return Arrays.stream(values())
                .anyMatch(one -> one.deviation.code().equals(code) && one.concerned.test(request));
    }

    Deviation deviation() {
        return deviation;
    }

    /** With the APIs that are the reason; empty if there is none. */
    List<Deviation> about(MeshModel model, Predicate<ApiModel> reason) {
        return IstioDeviations.about(deviation, model, reason).toList();
    }
}
