package dev.lintel.mesh.istio;

import dev.lintel.core.model.Grant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * One rule of a DENY policy at the gateway: requests for some hosts and paths that fall short in one way.
 *
 * @param hosts as they are written; empty for every host
 * @param where paths and methods; empty for all
 * @param why in which way they fall short
 * @param names issuers, audiences, or nothing
 * @param lacking what a token lacks, all of it
 */
record GatewayDenial(
        List<String> hosts, List<PolicyRule.Where> where, Why why, List<String> names, List<Grant> lacking) {
    /** In which way a request falls short. */
    enum Why {
        /** Nobody may. */
        ALWAYS,
        /** There is no good token of the named issuers. */
        NO_TOKEN,
        /** There is a token of another issuer than those named. */
        STRANGER,
        /** There is a token, but for none of the named audiences. */
        AUDIENCE,
        /** There is no token, or it has none of some things. */
        LACKING
    }

    /** Whether a host is meant, as a caller may write it. */
    boolean isAbout(String host) {
        return hosts.isEmpty() || hosts.stream().anyMatch(said -> matches(said.toLowerCase(Locale.ROOT), host));
    }

    private static boolean matches(String said, String host) {
        if (said.startsWith("*")) {
            return host.endsWith(said.substring(1));
        }
        return said.endsWith("*") ? host.startsWith(said.substring(0, said.length() - 1)) : said.equals(host);
    }

    boolean covers(String path, String method) {
        return where.isEmpty() || where.stream().anyMatch(one -> one.matches(path, method));
    }

    /** Reads one rule; several for one that speaks of operations with different hosts. */
    static List<GatewayDenial> read(Fields rule) {
        List<Fields> operations = new ArrayList<>();
        for (Fields to : rule.maps("to")) {
            operations.add(to.map("operation"));
            to.end();
        }
        List<String> sources = new ArrayList<>();
        boolean others = false;
        for (Fields from : rule.maps("from")) {
            Fields source = from.map("source");
            List<String> not = source.texts("notRequestPrincipals");
            others |= not.isEmpty() || !sources.isEmpty();
            sources.addAll(not);
            source.end();
            from.end();
        }
        Reason reason = reason(rule, sources);
        if (others) {
            rule.problem("tells callers apart at the gateway by more than a missing token");
        }
        rule.end();
        List<GatewayDenial> read = new ArrayList<>();
        for (Fields operation : operations) {
            List<String> hosts = operation.texts("hosts");
            PolicyRule.Where where = PolicyRule.where(operation);
            read.add(new GatewayDenial(hosts, List.of(where), reason.why(), reason.names(), reason.lacking()));
        }
        if (operations.isEmpty()) {
            read.add(new GatewayDenial(List.of(), List.of(), reason.why(), reason.names(), reason.lacking()));
        }
        return read;
    }

    /** Why somebody is refused. */
    private record Reason(Why why, List<String> names, List<Grant> lacking) {}

    private static Reason reason(Fields rule, List<String> sources) {
        List<String> strangers = null;
        List<String> audiences = null;
        List<Grant> lacking = new ArrayList<>();
        boolean shown = false;
        boolean plain = true;
        for (Fields when : rule.maps("when")) {
            String key = String.valueOf(when.text("key"));
            List<String> values = when.texts("values");
            List<String> not = when.texts("notValues");
            when.end();
            boolean exact = not.stream().noneMatch(value -> value.startsWith("*") || value.endsWith("*"));
            if (key.equals(GatewayAccessWriter.ISSUER) && values.equals(List.of("*")) && exact) {
                plain &= !shown;
                shown = true;
                strangers = not.isEmpty() ? strangers : not;
            } else if (key.equals(GatewayAccessWriter.AUDIENCES) && values.isEmpty() && !not.isEmpty() && exact) {
                plain &= audiences == null;
                audiences = not;
            } else {
                Optional<Grant> grant =
                        values.isEmpty() && !not.isEmpty() && exact ? grant(key, not) : Optional.empty();
                plain &= grant.isPresent();
                grant.ifPresent(lacking::add);
            }
        }
        int ways = (sources.isEmpty() ? 0 : 1)
                + (strangers == null ? 0 : 1)
                + (audiences == null ? 0 : 1)
                + (lacking.isEmpty() ? 0 : 1);
        if (!plain || ways > 1 || shown != (strangers != null || audiences != null)) {
            rule.problem("refuses at the gateway for reasons that are not known here");
        }
        if (!sources.isEmpty()) {
            return new Reason(Why.NO_TOKEN, sources, List.of());
        }
        if (strangers != null) {
            return new Reason(Why.STRANGER, strangers, List.of());
        }
        if (audiences != null) {
            return new Reason(Why.AUDIENCE, audiences, List.of());
        }
        return new Reason(lacking.isEmpty() ? Why.ALWAYS : Why.LACKING, List.of(), lacking);
    }

    /** One scope, or one of some values of a claim. */
    private static Optional<Grant> grant(String key, List<String> values) {
        String claims = "request.auth.claims[";
        if (!key.startsWith(claims) || key.indexOf(']') != key.length() - 1) {
            return Optional.empty();
        }
        String name = key.substring(claims.length(), key.length() - 1);
        if (!name.equals("scope")) {
            return Optional.of(new Grant(List.of(), List.of(new Grant.ClaimRule(name, values))));
        }
        return values.size() == 1 ? Optional.of(new Grant(values, List.of())) : Optional.empty();
    }

    /** A host is meant with and without a port, or neither; otherwise a caller chooses whether he is asked. */
    static void check(List<GatewayDenial> rules, List<String> hosts, Fields place) {
        for (String host : hosts) {
            boolean apart = rules.stream().anyMatch(rule -> rule.isAbout(host) != rule.isAbout(host + ":1"));
            if (apart) {
                place.problem("asks about '" + host + "' with a port only, or without one only");
            }
        }
    }
}
