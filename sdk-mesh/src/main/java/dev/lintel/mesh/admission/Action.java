package dev.lintel.mesh.admission;

/** What happens to a request that a guard rail is against. */
public enum Action {
    /** It is refused. */
    DENY("Deny", "deny"),
    /** It is let through, and whoever asked is told. */
    WARN("Warn", "warn"),
    /** It is let through and told in the audit log, or in the reports of Gatekeeper's audit. */
    AUDIT("Audit", "dryrun");

    private final String apiserver;
    private final String gatekeeper;

    Action(String apiserver, String gatekeeper) {
        this.apiserver = apiserver;
        this.gatekeeper = gatekeeper;
    }

    String apiserver() {
        return apiserver;
    }

    String gatekeeper() {
        return gatekeeper;
    }
}
