package dev.lintel.core.plan;

import dev.lintel.core.Peer;
import dev.lintel.core.ServiceRef;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.BreakerRule;
import dev.lintel.core.model.EgressRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.FrontRule;
import dev.lintel.core.model.IsolationRule;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.MeshModel;
import dev.lintel.core.model.MoreHeaders;
import dev.lintel.core.model.Requirement;
import dev.lintel.core.model.Service;
import dev.lintel.core.model.SplitRule;
import dev.lintel.core.model.Traffic;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What APIs, egress rules and boundaries mean, as text for people and for diffs: one fact a line, in an order that does not change. It looks like
 * YAML, but is not meant to be read back.
 */
public final class ModelText {
    private final StringBuilder out = new StringBuilder();

    private ModelText() {}

    /**
     * One API.
     *
     * @param api the API
     * @return its text, each line ending with a line feed
     */
    public static String of(ApiModel api) {
        ModelText text = new ModelText();
        text.line(0, "api: " + api.id());
        text.entry(api.entry());
        text.list(0, "guards", api.guards(), guard -> guard.kind() + ": " + guard.describe());
        text.service(api.service());
        text.front(api.front());
        return text.out.toString();
    }

    /**
     * A whole model.
     *
     * @param model the model
     * @return the texts of its APIs, of what may leave and of the boundaries of namespaces, with an empty line between them
     */
    public static String of(MeshModel model) {
        return Stream.of(
                        model.apis().stream().map(ModelText::of),
                        model.egress().stream().map(ModelText::of),
                        model.isolations().stream().map(ModelText::of))
                .flatMap(Function.identity())
                .collect(Collectors.joining("\n"));
    }

    /**
     * One host that may be called outside.
     *
     * @param rule who may call it
     * @return its text, each line ending with a line feed
     */
    public static String of(EgressRule rule) {
        ModelText text = new ModelText();
        text.line(0, "egress: " + rule.host());
        text.line(0, "namespace: " + rule.namespace());
        text.list(0, "ports", rule.ports(), String::valueOf);
        text.list(0, "only for", rule.onlyFor(), Function.identity());
        if (rule.privateAddresses()) {
            text.line(0, "private addresses: allowed");
        }
        if (rule.gateway() != null) {
            text.line(0, "through: " + rule.gateway());
        }
        return text.out.toString();
    }

    /**
     * The boundary of one namespace.
     *
     * @param rule who may cross it
     * @return its text, each line ending with a line feed
     */
    public static String of(IsolationRule rule) {
        ModelText text = new ModelText();
        text.line(0, "isolation: " + rule.namespace());
        text.list(0, "from", rule.from(), Peer::toString);
        text.list(0, "to", rule.to(), Peer::toString);
        return text.out.toString();
    }

    private void entry(Entry entry) {
        list(0, "hosts", entry.hosts(), Function.identity());
        list(0, "paths", entry.paths(), PathPattern::toString);
        if (entry.authorizer() != null) {
            list(0, "authorizer", OutsideWords.authorizer(entry.authorizer()), Function.identity());
        }
        if (entry.login() != null) {
            list(0, "login", OutsideWords.login(entry.login()), Function.identity());
        }
        access(entry.access());
        list(0, "routes", entry.routes(), route -> route.match() + ": " + Words.target(route));
        list(0, "rewrites", entry.rewrites(), rewrite -> rewrite.from() + ": " + rewrite.to());
        map("request headers", entry.headers().request());
        map("response headers", entry.headers().response());
        MoreHeaders more = entry.headers().more();
        map("request headers added", more.addToRequest());
        map("response headers added", more.addToResponse());
        list(0, "request headers removed", more.removeFromRequest(), Function.identity());
        list(0, "response headers removed", more.removeFromResponse(), Function.identity());
        if (entry.pathParameters()) {
            line(0, "path parameters: allowed");
        }
    }

    private void access(Access access) {
        if (!access.isRestricted()) {
            line(0, "access: open to everybody");
            return;
        }
        line(0, "access:");
        list(1, "issuers", access.issuers(), ModelText::issuer);
        line(1, "audience: " + Words.audiences(access.audiences()));
        list(1, "rules", access.rules(), rule -> rule.endpoint() + ": " + rule.requirement());
    }

    private static String issuer(Issuer issuer) {
        return issuer.issuer() + ", keys " + Words.keys(issuer) + ", " + String.join(" ", issuer.algorithms());
    }

    private void service(Service service) {
        line(0, "service:");
        line(1, "name: " + service.name());
        line(1, "port: " + service.port());
        if (service.grpc() != null) {
            line(1, "protocol: gRPC");
        }
        line(1, "workloads: " + Words.labels(service.labels()));
        list(1, "versions", service.versions(), version -> version.name() + ": " + Words.version(version));
        SplitRule split = service.split();
        if (split != null) {
            list(1, "split", split.shares(), share -> share.version() + ": " + share.weight() + " %");
            if (split.sticky() != null) {
                line(1, "sticky: " + Words.sticky(split.sticky()));
            }
        }
        if (service.retry() != null) {
            line(1, "retry: " + Words.retry(service.retry()));
        }
        if (service.timeout() != null) {
            line(1, "timeout: " + Words.timeout(service.timeout()));
        }
        list(1, "callers", service.callers(), rule -> rule.endpoint() + ": " + rule.describe());
        traffic(service.traffic());
    }

    private void front(@Nullable FrontRule front) {
        if (front != null) {
            line(0, "served by Lintel:");
            line(1, "kind: " + front.kind());
            list(1, "calls", front.services(), ServiceRef::toString);
            line(1, "parts: " + front.parts().size());
            list(
                    1,
                    "asked at parts",
                    front.parts().entrySet().stream()
                            .filter(part -> !part.getValue().equals(Requirement.PUBLIC))
                            .toList(),
                    part -> part.getKey() + ": " + part.getValue());
            list(
                    1,
                    "files",
                    List.copyOf(front.files().entrySet()),
                    file -> file.getKey() + ": " + FrontEffects.digest(file.getValue()));
        }
    }

    private void traffic(Traffic traffic) {
        list(1, "choices", traffic.choices(), choice -> choice.when() + ": " + choice.version());
        list(1, "mirrors", traffic.mirrors(), mirror -> mirror.version() + ": " + mirror.percent() + " %");
        if (traffic.fault() != null) {
            line(1, "on purpose: " + TrafficWords.fault(traffic.fault()));
        }
        if (traffic.breaker() != null) {
            breaker(traffic.breaker());
        }
        if (traffic.balance() != null) {
            line(1, "balance: " + TrafficWords.balance(traffic.balance()));
        }
        if (traffic.health() != null) {
            line(1, "health: " + TrafficWords.health(traffic.health()));
        }
        if (traffic.elsewhere() != null) {
            list(1, "elsewhere", ElsewhereWords.parts(traffic.elsewhere()), Function.identity());
        }
    }

    private void breaker(BreakerRule breaker) {
        if (breaker.outliers() != null) {
            line(1, "left out: " + TrafficWords.outliers(breaker.outliers()));
        }
        String limits = TrafficWords.limits(breaker.limits());
        if (limits != null) {
            line(1, "at once: " + limits);
        }
    }

    private <T> void list(int depth, String name, List<T> items, Function<T, String> words) {
        if (!items.isEmpty()) {
            line(depth, name + ":");
            items.forEach(item -> line(depth + 1, "- " + words.apply(item)));
        }
    }

    private void map(String name, Map<String, String> values) {
        if (!values.isEmpty()) {
            line(0, name + ":");
            values.forEach((key, value) -> line(1, key + ": " + value));
        }
    }

    private void line(int depth, String text) {
        out.append("  ".repeat(depth)).append(text).append('\n');
    }
}
