package dev.lintel.mesh.gatewayapi;

import dev.lintel.core.Problem;
import dev.lintel.core.match.PathPattern;
import dev.lintel.core.model.ApiModel;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Whether paths with braces are asked in the order that is meant. The standard leaves the order of expressions to the
 * implementation: Istio asks them last, Envoy Gateway after exact paths and before prefixes, the longer expression first.
 */
final class TemplateOrder {
    private final GatewayApiDialect dialect;
    private final ApiModel api;

    TemplateOrder(GatewayApiDialect dialect, ApiModel api) {
        this.dialect = dialect;
        this.api = api;
    }

    /**
     * What is asked in another order than is meant.
     *
     * @param paths the most specific first
     */
    List<Problem> find(Collection<PathPattern> paths) {
        List<Problem> problems = new ArrayList<>();
        List<PathPattern> ordered = List.copyOf(paths);
        for (int i = 0; i < ordered.size(); i++) {
            for (PathPattern wide : ordered.subList(i + 1, ordered.size())) {
                PathPattern narrow = ordered.get(i);
                boolean braces = Paths.hasTemplate(narrow) || Paths.hasTemplate(wide);
                if (braces && narrow.intersect(wide).isPresent() && !isBefore(narrow, wide)) {
                    problems.add(problem(narrow, wide, ""));
                    return problems;
                }
            }
        }
        return problems;
    }

    private Problem problem(PathPattern narrow, PathPattern wide, String whose) {
        return new Problem(
                "gateway-api.template-order",
                api.id(),
                dialect.extension().words() + " does not ask '" + narrow + "' before '" + wide + "'" + whose
                        + ", as is meant",
                dialect.extension() == Extension.ENVOY_GATEWAY
                        ? "say the narrower path without '/**' at its end, or with braces as well"
                        : "say paths without braces, or use Envoy Gateway or Istio's own dialect",
                api.origin());
    }

    /**
     * The same for paths of two APIs of one host: whoever has what two paths share must be asked first there.
     *
     * @param own those of the API
     * @param theirs those of the other
     */
    List<Problem> find(Collection<PathPattern> own, Collection<PathPattern> theirs, Claims claims) {
        for (PathPattern mine : own) {
            for (PathPattern other : theirs) {
                boolean braces = Paths.hasTemplate(mine) || Paths.hasTemplate(other);
                PathPattern both = braces ? mine.intersect(other).orElse(null) : null;
                if (both != null) {
                    boolean first = claims.isOf(api, both);
                    PathPattern narrow = first ? mine : other;
                    PathPattern wide = first ? other : mine;
                    if (!isBefore(narrow, wide)) {
                        return List.of(problem(narrow, wide, " of another API at the same host"));
                    }
                }
            }
        }
        return List.of();
    }

    /**
     * What cannot be written although its order is right: a rewritten path with braces, and one whose expression is longer
     * than those for odd paths, which must be asked first.
     *
     * @param odd the expressions for odd paths
     */
    List<Problem> find(Map<PathPattern, List<Line>> lines, List<String> odd) {
        List<Problem> problems = new ArrayList<>();
        int shortest = odd.stream().mapToInt(String::length).min().orElse(Integer.MAX_VALUE);
        lines.forEach((path, said) -> {
            boolean rewritten = said.stream().anyMatch(line -> line.deed().rewrite() != null);
            boolean longer = Paths.regex(path).length() >= shortest;
            if (Paths.hasTemplate(path) && (rewritten || longer)) {
                problems.add(new Problem(
                        "gateway-api.template",
                        api.id(),
                        rewritten
                                ? "rewrites '" + path
                                        + "', but a path that is matched by an expression cannot be rewritten"
                                : "has a path that is longer than the expression for odd paths: '" + path + "'",
                        "say a path without braces, or a shorter one",
                        api.origin()));
            }
        });
        return problems;
    }

    private boolean isBefore(PathPattern narrow, PathPattern wide) {
        if (dialect.extension() != Extension.ENVOY_GATEWAY) {
            return false;
        }
        int mine = rank(narrow);
        int theirs = rank(wide);
        boolean longer = Paths.regex(narrow).length() > Paths.regex(wide).length();
        return mine > theirs || mine == theirs && (mine != 2 || longer);
    }

    private static int rank(PathPattern path) {
        if (Paths.hasTemplate(path)) {
            return 2;
        }
        return path.subtree() ? 1 : 3;
    }
}
