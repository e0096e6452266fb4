package dev.lintel.mesh.lint;

/** Findings in what we write ourselves, each with its reason. */
final class OwnFindings {
    private OwnFindings() {}

    /**
     * An API may name an issuer and have public and denied paths only: then tokens are judged where they come, and needed
     * nowhere, as was said.
     */
    static boolean explained(Finding finding, String golden) {
        return finding.code().equals(LintCode.TOKEN_NOT_NEEDED.code())
                && golden.equals("a path is denied inside a public one.istio.yaml");
    }
}
