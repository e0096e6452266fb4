package dev.lintel.mesh.lint;

/** Findings in what we write ourselves, each with its reason. */
final class OwnFindings {
    private OwnFindings() {}

    /**
     * An API may name an issuer and have public and denied paths only: then tokens are judged where they come, and needed
     * nowhere, as was said.
     */
    static boolean explained(Finding finding, String golden) {
        boolean tokens = finding.code().equals(LintCode.TOKEN_NOT_NEEDED.code())
                && golden.equals("a path is denied inside a public one.istio.yaml");
        return tokens || isBypass(finding, golden);
    }

    /** One host of the namespace is called directly, so that the network cannot hold it to the gateway; the plan says so. */
    private static boolean isBypass(Finding finding, String golden) {
        return finding.code().equals(LintCode.EGRESS_BYPASS.code())
                && golden.equals("a host that is called directly leaves the gateway to sidecars.istio.yaml");
    }
}
