package dev.lintel.mesh.istio;

import dev.lintel.core.model.EgressRule;
import dev.lintel.core.plan.Deviation;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Where a mesh lets out otherwise than the embedded gateway's egress proxy does. */
enum EgressDeviations {
    /** Answers. */
    ANSWERS(
            "istio.egress-answer",
            "a plain request for what is not let out is answered 502, and TLS is cut; neither says why",
            rule -> true),
    /** Protocols. */
    PROTOCOL(
            "istio.egress-protocol",
            "port 80 carries plain HTTP by its Host, and every other port TLS by its SNI; nothing else leaves",
            rule -> true),
    /** Addresses. */
    ADDRESSES(
            "istio.egress-addresses",
            "nobody looks at the address to which a name points; it may be a private one",
            rule -> !rule.privateAddresses()),
    /** Wildcards. */
    WILDCARD(
            "istio.egress-wildcard",
            "a call to a name below a wildcard goes to the address that its caller chose, whatever its SNI says",
            rule -> rule.host().startsWith("*.")),
    /** Callers at a gateway. */
    GATEWAY_CALLERS(
            "istio.egress-gateway-callers",
            "an egress gateway tells callers apart by namespace, and not the applications of one",
            rule -> rule.gateway() != null && !rule.onlyFor().isEmpty()),
    /** Headers. */
    GATEWAY_HEADERS(
            "istio.egress-gateway-headers",
            "an egress gateway adds X-Forwarded-For and X-Forwarded-Proto to plain requests",
            rule -> rule.gateway() != null && rule.ports().stream().anyMatch(EgressWriter::isHttp));

    private final Deviation deviation;
    private final Predicate<EgressRule> touched;

    EgressDeviations(String code, String text, Predicate<EgressRule> touched) {
        this.deviation = new Deviation(code, text);
        this.touched = touched;
    }

    Deviation deviation() {
        return deviation;
    }

    /** Those that some rules touch, in the order of this table, each once. */
    static List<Deviation> of(List<EgressRule> rules) {
        return Arrays.stream(values())
                .flatMap(one -> one.about(rules))
                .toList();
    }

    private Stream<Deviation> about(List<EgressRule> rules) {
        List<String> hosts = rules.stream().filter(touched).map(EgressRule::id).toList();
        return hosts.isEmpty() ? Stream.empty() : Stream.of(deviation.about(hosts));
    }
}
