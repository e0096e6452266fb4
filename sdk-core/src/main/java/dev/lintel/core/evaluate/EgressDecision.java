package dev.lintel.core.evaluate;

import dev.lintel.core.model.EgressRule;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The model's answer to one call that wants to leave.
 *
 * @param namespace where the caller lives
 * @param application who calls
 * @param host the host as it was decided: in lower case, without a trailing dot
 * @param port the port
 * @param reason why
 * @param detail for people; it tells nothing of other namespaces, nor who else may call
 * @param rule the rule that governs the host; null if none does
 * @param wider rules that fit the host too, and do not count beside the narrower one
 */
public record EgressDecision(
        String namespace,
        String application,
        String host,
        int port,
        EgressReason reason,
        String detail,
        @Nullable EgressRule rule,
        List<EgressRule> wider) {
    /** Keeps the rules unchangeable. */
    public EgressDecision {
        wider = List.copyOf(wider);
    }

    /**
     * Whether it may leave.
     *
     * @return true if it may
     */
    public boolean isAllowed() {
        return reason == EgressReason.OPEN || reason == EgressReason.LISTED;
    }

    /**
     * Whether the host's name may point at loopback, link-local or private addresses.
     *
     * @return true only if the rule says so
     */
    public boolean privateAddresses() {
        return rule != null && rule.privateAddresses();
    }

    /**
     * The decision as people read it.
     *
     * @return the call and the answer, then a line for each rule that fits the host, with the line of the definition
     */
    public String render() {
        StringBuilder out = new StringBuilder(application + "." + namespace + " to " + host + ":" + port + "\n  = ");
        out.append(isAllowed() ? "let out, " : "refused, ").append(detail).append('\n');
        if (rule != null) {
            line(out.append('\n'), rule, isAllowed() ? "lets it out" : "refuses it");
        }
        wider.forEach(other -> line(out, other, "does not count beside the narrower host"));
        return out.toString();
    }

    private static void line(StringBuilder out, EgressRule rule, String outcome) {
        String ports = rule.ports().stream().map(String::valueOf).collect(Collectors.joining(","));
        out.append("  egress   ").append(rule.id()).append(", port ").append(ports);
        if (!rule.onlyFor().isEmpty()) {
            out.append(", only for ").append(String.join(", ", rule.onlyFor()));
        }
        if (rule.gateway() != null) {
            out.append(", through ").append(rule.gateway());
        }
        out.append(": ").append(outcome).append(rule.origin().after("  ")).append('\n');
    }

    /** For example {@code let out payments.shop to api.psp.example:443}. */
    @Override
    public String toString() {
        String call = application + "." + namespace + " to " + host + ":" + port;
        return isAllowed() ? "let out " + call : "refuse " + call + ": " + detail;
    }
}
