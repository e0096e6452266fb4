package dev.lintel.kubernetes;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who has said no to a request, as the apiserver's words tell: its authorizer answers 403, and so may everybody who is asked
 * after it.
 *
 * @param by who it was, in our words
 * @param ofRights whether the account lacks a right, so that another account or Role helps
 * @see <a href="https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/">Kubernetes:
 *     admission</a>
 */
record Denial(String by, boolean ofRights) {
    private static final int FORBIDDEN = 403;
    /** The authorizer's words begin so; older apiservers have none where a patch would create. */
    private static final Pattern RIGHTS =
            Pattern.compile("(?:\\S{1,300} (?:\"[^\"]{0,253}\" )?is )?forbidden:(?: User \"| RBAC: | ?$).*");

    private static final Pattern POLICY = Pattern.compile(
            "ValidatingAdmissionPolicy '([^']{1,253})'(?: with binding '([^']{1,253})')? denied request");
    private static final Pattern WEBHOOK = Pattern.compile("admission webhook \"([^\"]{1,253})\" denied the request");

    /**
     * Who it was.
     *
     * @param status of the answer
     * @param said the apiserver's words on one line
     */
    static Denial of(int status, String said) {
        if (status == FORBIDDEN && RIGHTS.matcher(said).matches()) {
            return new Denial("the authorizer", true);
        }
        Matcher policy = POLICY.matcher(said);
        Matcher webhook = WEBHOOK.matcher(said);
        boolean byPolicy = policy.find();
        // Whose words come first has said it; the other name stands in what that one says.
        if (webhook.find() && !(byPolicy && policy.start() < webhook.start())) {
            return new Denial("the webhook '" + webhook.group(1) + "'", false);
        }
        if (byPolicy) {
            String binding = policy.group(2) == null ? "" : " (binding '" + policy.group(2) + "')";
            return new Denial("the ValidatingAdmissionPolicy '" + policy.group(1) + "'" + binding, false);
        }
        return new Denial(status == FORBIDDEN ? "the cluster's admission" : "the cluster", false);
    }

    /** Of a problem. */
    String code() {
        return ofRights ? "cluster.forbidden" : "cluster.refused";
    }

    /** The way out. */
    String hint(String rights) {
        return ofRights
                ? "give the account of this client " + rights
                : "say what " + by
                        + " asks for, or talk to whoever keeps it; it is no matter of rights, and nothing has been"
                        + " written";
    }
}
