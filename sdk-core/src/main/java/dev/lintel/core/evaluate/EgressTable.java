package dev.lintel.core.evaluate;

import dev.lintel.core.Names;
import dev.lintel.core.model.EgressRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What may leave, by namespace and host: a whole name before a wildcard, a longer wildcard before a shorter one. */
final class EgressTable {
    private static final int MAIL = 25;

    private final Map<String, Map<String, EgressRule>> byNamespace = new HashMap<>();

    EgressTable(List<EgressRule> rules) {
        for (EgressRule rule : rules) {
            byNamespace
                    .computeIfAbsent(rule.namespace(), namespace -> new HashMap<>())
                    .put(rule.host(), rule);
        }
    }

    /** All rules that fit a host, or a wildcard taken for the names that it stands for; the first governs. */
    List<EgressRule> fitting(String namespace, String host) {
        Map<String, EgressRule> rules = byNamespace.getOrDefault(namespace, Map.of());
        List<EgressRule> fitting = new ArrayList<>(2);
        add(fitting, rules.get(host));
        int dot = host.indexOf('.', host.startsWith("*.") ? 2 : 0);
        while (dot >= 0 && !rules.isEmpty()) {
            add(fitting, rules.get("*" + host.substring(dot)));
            dot = host.indexOf('.', dot + 1);
        }
        return fitting;
    }

    private static void add(List<EgressRule> fitting, @Nullable EgressRule rule) {
        if (rule != null) {
            fitting.add(rule);
        }
    }

    EgressDecision decide(String namespace, String application, String asked, int port) {
        String bare = asked.endsWith(".") ? asked.substring(0, asked.length() - 1) : asked;
        boolean ascii = bare.chars().allMatch(c -> c < 0x80);
        String host = ascii ? bare.toLowerCase(Locale.ROOT) : bare;
        if (!Names.isHost(host) || Names.isNumeric(host)) {
            return refuse(
                    namespace,
                    application,
                    host,
                    port,
                    EgressReason.NO_NAME,
                    "the host is not a name of two labels" + " or more; addresses are never let out");
        }
        if (port == MAIL) {
            return refuse(namespace, application, host, port, EgressReason.MAIL, "port 25 is never let out");
        }
        if (port < 1 || port > 65_535) {
            return refuse(namespace, application, host, port, EgressReason.PORT, port + " is no port");
        }
        if (byNamespace.isEmpty()) {
            String why = "no egress rule is said in this world, so that everything leaves";
            return new EgressDecision(namespace, application, host, port, EgressReason.OPEN, why, null, List.of());
        }
        List<EgressRule> fitting = fitting(namespace, host);
        if (fitting.isEmpty()) {
            String why = "no egress rule of " + namespace + " names this host";
            return refuse(namespace, application, host, port, EgressReason.UNLISTED, why);
        }
        EgressRule rule = fitting.get(0);
        String said = "the egress rule of " + namespace + " for " + rule.host();
        EgressReason reason = EgressReason.LISTED;
        String why = said + " lets it out";
        if (!rule.isFor(application)) {
            reason = EgressReason.OTHERS;
            why = said + " is for other applications";
        } else if (!rule.ports().contains(port)) {
            reason = EgressReason.PORT;
            why = said + " does not name port " + port;
        }
        return new EgressDecision(
                namespace, application, host, port, reason, why, rule, fitting.subList(1, fitting.size()));
    }

    private static EgressDecision refuse(
            String namespace, String application, String host, int port, EgressReason reason, String detail) {
        return new EgressDecision(namespace, application, host, port, reason, detail, null, List.of());
    }
}
