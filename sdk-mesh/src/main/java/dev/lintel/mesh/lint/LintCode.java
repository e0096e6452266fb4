package dev.lintel.mesh.lint;

import static dev.lintel.mesh.lint.Severity.ERROR;
import static dev.lintel.mesh.lint.Severity.INFO;
import static dev.lintel.mesh.lint.Severity.WARNING;

import java.util.EnumSet;
import java.util.Set;

/**
 * What is looked for: our codes beside those of others for the same.
 *
 * @see <a href="https://istio.io/latest/docs/reference/config/analysis/">Istio, Configuration Analysis Messages</a>
 * @see <a href="https://kiali.io/docs/features/validations/">Kiali, Validations</a>
 */
public enum LintCode {
    /** A route to a host that nobody serves. */
    UNKNOWN_HOST("unknown-host", "IST0101", "KIA1101", ERROR),
    /** A route to a subset that no DestinationRule has. */
    UNKNOWN_SUBSET("unknown-subset", "IST0101", "KIA1107", ERROR),
    /** Routes at a gateway that is not there. */
    UNKNOWN_GATEWAY("unknown-gateway", "IST0101", "KIA1102", ERROR),
    /** An HTTPRoute to a Service that is not there. */
    UNKNOWN_BACKEND("unknown-backend", "IST0101", "KIA1402", ERROR),
    /** An HTTPRoute at a gateway that is not there. */
    UNKNOWN_PARENT("unknown-parent", "IST0101", "KIA1401", ERROR),
    /** Two VirtualServices for one host inside the mesh. */
    MESH_HOST_TWICE("mesh-host-twice", "IST0109", "KIA1106", ERROR),
    /** A route that does not say which of several ports is meant. */
    PORT_NEEDED("port-needed", "IST0112", "", ERROR),
    /** A rule that is never reached. */
    UNREACHABLE_RULE("unreachable-rule", "IST0130", "", WARNING),
    /** A match that an earlier rule has already. */
    DUPLICATE_MATCH("duplicate-match", "IST0131", "", INFO),
    /** One destination twice in one route. */
    DUPLICATE_DESTINATION("duplicate-destination", "", "KIA1105", WARNING),
    /** A host that its gateway does not serve. */
    HOST_NOT_ON_GATEWAY("host-not-on-gateway", "IST0132", "", WARNING),
    /** Two gateways for the same hosts at one port of one workload. */
    GATEWAY_CONFLICT("gateway-conflict", "IST0145", "KIA0301", ERROR),
    /** One certificate on several gateways. */
    CERTIFICATE_SHARED("certificate-shared", "IST0138", "", WARNING),
    /** A split that requests from outside do not see. */
    SUBSET_WITHOUT_EFFECT("subset-without-effect", "IST0140", "", WARNING),
    /** A route by a claim that nobody verifies. */
    CLAIM_ROUTE("claim-route", "IST0149", "", ERROR),
    /** A subset that no workload belongs to. */
    EMPTY_SUBSET("empty-subset", "IST0173", "KIA0203", WARNING),
    /** A subset that tells nothing apart. */
    SUBSET_WITHOUT_LABELS("subset-without-labels", "", "KIA0209", WARNING),
    /** A DestinationRule for a host that nobody serves. */
    RULE_HOST_UNKNOWN("rule-host-unknown", "IST0174", "KIA0202", WARNING),
    /** Two DestinationRules for one host. */
    RULE_HOST_TWICE("rule-host-twice", "", "KIA0201", WARNING),
    /** TLS to a server whose certificate may come from anybody. */
    TLS_WITHOUT_CA("tls-without-ca", "IST0128", "", WARNING),
    /** TLS at one port to a server whose certificate may come from anybody. */
    TLS_PORT_WITHOUT_CA("tls-port-without-ca", "IST0129", "", WARNING),
    /** A TCP port that takes every address. */
    TCP_WITHOUT_ADDRESS("tcp-without-address", "IST0134", "", WARNING),
    /** One host and port with two protocols. */
    ENTRY_CONFLICT("entry-conflict", "IST0177", "KIA1212", ERROR),
    /** One host in two ServiceEntries. */
    ENTRY_HOST_TWICE("entry-host-twice", "", "KIA1211", WARNING),
    /** Two Sidecars for one workload. */
    SIDECARS_OF_WORKLOAD("sidecars-of-workload", "IST0110", "KIA0003", ERROR),
    /** Two Sidecars for a whole namespace. */
    SIDECARS_OF_NAMESPACE("sidecars-of-namespace", "IST0111", "KIA0002", ERROR),
    /** An outbound mode that is not written out. */
    OUTBOUND_MODE("outbound-mode", "", "KIA1007", WARNING),
    /** A Sidecar that cuts workloads off from the control plane. */
    SIDECAR_CUTS_OFF("sidecar-cuts-off", "", "", WARNING),
    /** An identity that is not proven. */
    IDENTITY_WITHOUT_MTLS("identity-without-mtls", "", "KIA0105", ERROR),
    /** An identity that nobody has. */
    UNKNOWN_ACCOUNT("unknown-account", "", "KIA0106", ERROR),
    /** An object for workloads that are not there. */
    SELECTS_NOTHING("selects-nothing", "IST0127", "KIA0004", WARNING),
    /** A policy by labels for a gateway or waypoint that takes references. */
    INEFFECTIVE_SELECTOR("ineffective-selector", "IST0166", "KIA0110, KIA1115", ERROR),
    /** A policy about HTTP where nothing reads HTTP. */
    NO_WAYPOINT("no-waypoint", "IST0167", "KIA0109, KIA1109", ERROR),
    /** A workload that no policy speaks about. */
    UNCOVERED_WORKLOAD("uncovered-workload", "", "KIA1301", WARNING),
    /** Keys that the control plane fetches from anywhere. */
    JWKS_UNRESTRICTED("jwks-unrestricted", "IST0175", "", WARNING),
    /** Gateway API in a version that is too old. */
    GATEWAY_API_OLD("gateway-api-old", "IST0156, IST0172, IST0176", "", ERROR),
    /** A Gateway of a class that is not there. */
    UNKNOWN_GATEWAY_CLASS("unknown-gateway-class", "", "KIA1504", ERROR),
    /** A port that does not say its protocol. */
    PORT_NAME("port-name", "IST0118", "KIA0601", INFO),
    /** A port with a protocol that Istio does not know. */
    APP_PROTOCOL("app-protocol", "IST0118", "KIA0602", WARNING),
    /** An ALLOW that reopens what another one closes. */
    REOPENED("reopened", "", "", ERROR),
    /** Plain text where another object takes mutual TLS only. */
    PEERS_WEAKENED("peers-weakened", "", "", ERROR),
    /** An issuer whose tokens two objects take by other keys or for other audiences. */
    ISSUER_TWICE("issuer-twice", "", "", ERROR),
    /** Tokens that are checked but not needed. */
    TOKEN_NOT_NEEDED("token-not-needed", "", "", ERROR),
    /** A prefix that also takes longer names. */
    PREFIX_BY_LETTERS("prefix-by-letters", "", "", WARNING),
    /** A path that no request has. */
    PATH_NEVER_MATCHES("path-never-matches", "", "", ERROR),
    /** A host that does not match once the port is named. */
    HOST_WITHOUT_PORT("host-without-port", "", "", WARNING),
    /** Fields of HTTP at a port that is not HTTP. */
    HTTP_ON_TCP("http-on-tcp", "", "", ERROR),
    /** An ALLOW for all who are not somebody. */
    NEGATIVE_IDENTITY("negative-identity", "", "", ERROR),
    /** A breaker that leaves nobody out. */
    EJECTION_PERCENT("ejection-percent", "", "", WARNING),
    /** A DENY that denies nothing. */
    EMPTY_RULES("empty-rules", "", "", ERROR),
    /** An egress gateway that workloads can pass by. */
    EGRESS_BYPASS("egress-bypass", "", "", WARNING),
    /** More than one place for a token. */
    TOKEN_PLACES("token-places", "", "", WARNING),
    /** A field that is nearly one of its kind. */
    MISSPELLED_FIELD("misspelled-field", "", "", ERROR),
    /** A field that its kind does not have. */
    UNKNOWN_FIELD("unknown-field", "", "", WARNING),
    /** A server that is to end TLS and has no certificate. */
    CERTIFICATE_MISSING("certificate-missing", "IST0106", "", ERROR),
    /** Calls without the mesh's mutual TLS to workloads that take nothing else. */
    TLS_AGAINST_STRICT("tls-against-strict", "", "KIA0207, KIA0208", ERROR),
    /** A route to a Service that names no port of it. */
    BACKEND_WITHOUT_PORT("backend-without-port", "", "", ERROR),
    /** A header in upper case where lower case is asked for. */
    HEADER_CASE("header-case", "", "", WARNING),
    /** A document that is no object: without a kind or a name, or no map. */
    UNREADABLE("unreadable", "", "", ERROR),
    /** A number where a text is due, a map where a list is due, and the like. */
    WRONG_TYPE("wrong-type", "", "", ERROR),
    /** A value that is none of those that its field has. */
    UNKNOWN_VALUE("unknown-value", "", "", ERROR),
    /** A number that is too small or too great for its field. */
    OUT_OF_RANGE("out-of-range", "", "", ERROR),
    /** A duration without a unit, or that is none. */
    NO_DURATION("no-duration", "", "", ERROR),
    /** A method in lower case, which no request has. */
    METHOD_CASE("method-case", "", "", ERROR),
    /** A port of an object of a mesh with a protocol that there is not. */
    PORT_PROTOCOL("port-protocol", "", "", ERROR),
    /** A kind that its group does not have. */
    UNKNOWN_KIND("unknown-kind", "", "", ERROR),
    /** A version in which a kind is not served. */
    UNKNOWN_VERSION("unknown-version", "", "", ERROR),
    /** A name that no object can have. */
    BAD_NAME("bad-name", "", "", ERROR),
    /** A label that no object can have. */
    BAD_LABEL("bad-label", "", "", ERROR),
    /** Fields that exclude each other. */
    FIELDS_EXCLUDE("fields-exclude", "IST0106", "", ERROR),
    /** A part that says nothing, or lacks what it must say. */
    FIELD_NEEDED("field-needed", "IST0106", "", ERROR),
    /** One name, host or port twice where each may be there once. */
    SAID_TWICE("said-twice", "IST0106", "", ERROR),
    /** A text that is no host, address, port, header, pattern or name where one is due. */
    MALFORMED("malformed", "IST0106", "", ERROR),
    /** What an external authorizer cannot be asked by. */
    CUSTOM_CONDITION("custom-condition", "IST0106", "", ERROR);

    private static final Set<LintCode> REFUSED = EnumSet.of(
            WRONG_TYPE,
            UNKNOWN_VALUE,
            OUT_OF_RANGE,
            NO_DURATION,
            FIELDS_EXCLUDE,
            FIELD_NEEDED,
            SAID_TWICE,
            MALFORMED,
            CUSTOM_CONDITION);

    private final String code;
    private final String istio;
    private final String kiali;
    private final Severity severity;

    LintCode(String code, String istio, String kiali, Severity severity) {
        this.code = "lint." + code;
        this.istio = istio;
        this.kiali = kiali;
        this.severity = severity;
    }

    /**
     * Our name for it.
     *
     * @return for example {@code lint.unknown-subset}
     */
    public String code() {
        return code;
    }

    /**
     * What {@code istioctl analyze} calls it.
     *
     * @return codes by commas; empty if it does not look for it
     */
    public String istio() {
        return istio;
    }

    /**
     * What Kiali calls it.
     *
     * @return codes by commas; empty if it does not look for it
     */
    public String kiali() {
        return kiali;
    }

    /**
     * How bad it is.
     *
     * @return always the same for one code
     */
    public Severity severity() {
        return severity;
    }

    /**
     * Whether a cluster does not take an object that has it: its definition refuses it, or Istio's webhook.
     *
     * @return false for what is taken and does not do what it looks like
     */
    public boolean isRefused() {
        return REFUSED.contains(this);
    }

    /** A finding without a line. */
    Finding finding(String object, String field, String message, String hint) {
        return new Finding(code, istio, kiali, severity, object, field, 0, message, hint);
    }
}
