package dev.lintel.mesh.imports;

import static dev.lintel.mesh.Trees.map;
import static dev.lintel.mesh.imports.Java.part;

import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/** One route of Spring Cloud Gateway as entries of the {@code http} list of a mesh's route. */
final class SpringRoute {
    private static final List<String> HARMLESS = List.of("PreserveHostHeader", "SaveSession");

    private final String id;
    private final Map<String, Object> said;
    private final BiConsumer<String, String> problems;
    private final List<String> hosts = new ArrayList<>();
    private final Map<String, Object> conditions = new LinkedHashMap<>();
    private final List<Map<String, Object>> shares = new ArrayList<>();
    private final Map<String, Map<String, Object>> headers = new LinkedHashMap<>();
    private final Set<String> asked = new HashSet<>();
    private List<SpringPath> paths = new ArrayList<>();
    private @Nullable String whole;
    private @Nullable Map<String, Object> redirect;
    private String group = "";
    private int weight;
    private boolean understood = true;

    SpringRoute(
            String id,
            Map<String, Object> said,
            List<SpringStep> predicates,
            List<SpringStep> filters,
            BiConsumer<String, String> problems) {
        this.id = id;
        this.said = said;
        this.problems = problems;
        predicates.forEach(this::predicate);
        if (paths.isEmpty() && understood) {
            SpringPath.parse("/**").ifPresent(paths::add);
        }
        filters.forEach(this::filter);
        destination(said.get("uri"));
        fields();
    }

    private void destination(@Nullable Object uri) {
        String text = String.valueOf(uri);
        if (!(uri instanceof String) || !SpringDestination.isAddress(text)) {
            problem("has no uri, or none that is an address: " + text + "; the route is left out");
            understood = false;
            return;
        }
        SpringDestination to = SpringDestination.of(text, id, this::problem);
        if (!to.called() && redirect == null) {
            problem("goes to '" + text + "', which is no call; the route is left out");
            understood = false;
        }
        shares.add(to.share(weight));
    }

    private void fields() {
        for (String field : said.keySet()) {
            if (!List.of("id", "uri", "predicates", "filters", "order", "enabled", "metadata")
                    .contains(field)) {
                problem(field + " is not read");
            }
        }
        for (String field : part(said, "metadata").keySet()) {
            if (!field.equals("response-timeout")) {
                problem("metadata." + field + " is not read");
            }
        }
        Object metadata = said.get("metadata");
        if (metadata != null && !(metadata instanceof Map<?, ?>)) {
            problem("metadata is no map");
        }
        Object timeout = part(said, "metadata").get("response-timeout");
        if (timeout != null && !(timeout instanceof Integer)) {
            problem("metadata.response-timeout is no number of milliseconds: " + timeout);
        }
        String enabled = String.valueOf(said.getOrDefault("enabled", true));
        if (!enabled.equals("true")) {
            understood = false;
        }
        if (!enabled.equals("true") && !enabled.equals("false")) {
            problem("enabled is neither true nor false: " + enabled + "; the route is left out");
        }
        if (!String.valueOf(said.getOrDefault("order", 0)).matches("-?[0-9]{1,9}")) {
            problem("order is no number: " + said.get("order") + "; read as 0");
        }
    }

    String id() {
        return id;
    }

    int order() {
        String order = String.valueOf(said.getOrDefault("order", 0));
        return order.matches("-?[0-9]{1,9}") ? Integer.parseInt(order) : 0;
    }

    List<String> hosts() {
        return hosts;
    }

    String group() {
        return group;
    }

    boolean isUnderstood() {
        return understood;
    }

    /** Takes over the destination of a route that differs in nothing but its share. */
    boolean addShare(SpringRoute other) {
        boolean same = hosts.equals(other.hosts)
                && conditions.equals(other.conditions)
                && paths.equals(other.paths)
                && headers.equals(other.headers)
                && redirect == null
                && other.redirect == null;
        if (same && other.understood) {
            shares.addAll(other.shares);
        }
        return same;
    }

    List<Map<String, Object>> rules() {
        List<Map<String, Object>> rules = new ArrayList<>();
        for (SpringPath path : paths) {
            for (Map<String, Object> one : path.rules()) {
                Map<String, Object> match = map("uri", one.get("uri"));
                match.putAll(conditions);
                Map<String, Object> rule = map("match", match.isEmpty() ? null : List.of(match));
                if (redirect != null) {
                    rule.put("redirect", redirect);
                } else {
                    Object rewrite = whole == null ? one.get("rewrite") : map("uri", whole);
                    Object timeout = part(said, "metadata").get("response-timeout");
                    rule.putAll(map(
                            "rewrite", rewrite,
                            "route", shares,
                            "headers", headers,
                            "timeout", timeout instanceof Integer millis && millis > 0 ? millis + "ms" : null));
                    rule.put("retries", map("attempts", 0));
                }
                rules.add(rule);
            }
        }
        return rules;
    }

    private void problem(String message) {
        problems.accept(id, message);
    }

    private void beyond(SpringStep step, String what) {
        List<String> beyond = step.beyond();
        if (!beyond.isEmpty()) {
            problem(what + " " + step.name() + " has arguments that are not read: " + beyond);
        }
    }

    private void leaveOut(SpringStep step) {
        problem("predicate " + step.name() + " " + step.args().values() + " cannot be said; the route is left out");
        understood = false;
    }

    /** All predicates of a route are asked; a second one of a kind narrows the first, which is not said here. */
    private void predicate(SpringStep step) {
        String name = step.name();
        boolean named = name.equals("Header") || name.equals("Query");
        String key = named ? name + " " + step.arg(name.equals("Header") ? "header" : "param", 0) : name;
        if (!asked.add(key.toLowerCase(Locale.ROOT))) {
            leaveOut(step);
            return;
        }
        beyond(step, "predicate");
        switch (step.name()) {
            case "Path" -> {
                List<String> patterns =
                        step.args().containsKey("patterns") ? step.all("patterns") : step.all("pattern");
                for (String pattern : patterns) {
                    if (pattern.equals("true") || pattern.equals("false")) {
                        continue;
                    }
                    Optional<SpringPath> path = SpringPath.parse(pattern);
                    path.ifPresent(paths::add);
                    if (path.isEmpty()) {
                        leaveOut(step);
                    }
                }
                if (step.args().containsValue(false) || step.args().containsValue("false")) {
                    problem("predicate Path tells a slash at the end apart, here it does not count");
                }
            }
            case "Method" -> {
                List<String> methods = step.all("methods");
                if (methods.isEmpty() || methods.stream().anyMatch(method -> !method.matches("[A-Z]{1,20}"))) {
                    leaveOut(step);
                }
                conditions.put("method", map("regex", "^(" + String.join("|", methods) + ")$"));
            }
            case "Host" -> {
                List<String> patterns = step.all("patterns");
                if (patterns.isEmpty() || patterns.stream().anyMatch(host -> !host.matches("[A-Za-z0-9.-]{1,253}"))) {
                    leaveOut(step);
                } else {
                    patterns.forEach(host -> hosts.add(host.toLowerCase(Locale.ROOT)));
                }
            }
            case "Header" -> exact(step, "headers", step.arg("header", 0), step.arg("regexp", 1));
            case "Query" -> exact(step, "queryParams", step.arg("param", 0), step.arg("regexp", 1));
            case "Weight" -> {
                group = step.arg("group", 0);
                String share = step.arg("weight", 1);
                if (share.matches("[0-9]{1,6}")) {
                    weight = Integer.parseInt(share);
                } else {
                    leaveOut(step);
                }
            }
            default -> leaveOut(step);
        }
    }

    /** An expression that is one text, without anything that means more. */
    private void exact(SpringStep step, String where, String name, String regex) {
        if (name.isEmpty() || !regex.matches("[A-Za-z0-9_:@%/ =-]{1,256}")) {
            leaveOut(step);
            return;
        }
        Map<String, Object> all = part(conditions, where);
        all.put(where.equals("headers") ? name.toLowerCase(Locale.ROOT) : name, map("exact", regex));
        conditions.put(where, all);
    }

    private void filter(SpringStep step) {
        String name = step.name();
        beyond(step, "filter");
        switch (name) {
            case "StripPrefix" -> {
                String parts = step.arg("parts", 0);
                if (!parts.isEmpty() && !parts.matches("[0-9]{1,3}")) {
                    problem("filter StripPrefix takes away no number of segments: " + parts + "; read as 1");
                }
                change(step, parts.matches("[0-9]{1,3}") ? Integer.parseInt(parts) : 1, null, null);
            }
            case "PrefixPath" -> change(step, 0, List.of(), segments(step.arg("prefix", 0)));
            case "RewritePath" -> rewrite(step);
            case "SetPath" -> {
                String to = step.arg("template", 0);
                boolean below = paths.stream().anyMatch(path -> path.pattern().subtree()) || to.indexOf('{') >= 0;
                if (below) {
                    problem("filter SetPath=" + to + " makes many paths one, which cannot be said; it is left out");
                } else {
                    whole = to;
                }
            }
            case "AddRequestHeader", "SetRequestHeader", "AddResponseHeader", "SetResponseHeader" -> {
                String value = step.arg("value", 1);
                boolean plain = value.indexOf('{') < 0 && value.indexOf('$') < 0;
                if (plain) {
                    String side = name.contains("Request") ? "request" : "response";
                    header(side, name.startsWith("Add") ? "add" : "set", step.arg("name", 0), value.replace("%", "%%"));
                } else {
                    problem("filter " + name + " sets a value that is computed; it is left out");
                }
            }
            case "RemoveRequestHeader", "RemoveResponseHeader" -> {
                Map<String, Object> side = headers.computeIfAbsent(
                        name.contains("Request") ? "request" : "response", key -> new LinkedHashMap<>());
                List<Object> names = new ArrayList<>(Java.list(side, "remove"));
                names.add(step.arg("name", 0));
                side.put("remove", names);
            }
            case "RedirectTo" -> redirect(step);
            default -> {
                if (!HARMLESS.contains(name)) {
                    problem("filter " + name + " " + step.args().values() + " is not carried over");
                }
            }
        }
    }

    private void header(String side, String how, String name, String value) {
        Map<String, Object> changes = headers.computeIfAbsent(side, key -> new LinkedHashMap<>());
        Map<String, Object> values = part(changes, how);
        values.put(name.toLowerCase(Locale.ROOT), value);
        changes.put(how, values);
    }

    private void redirect(SpringStep step) {
        String status = step.arg("status", 0);
        URI to = uri(step.arg("url", 1));
        if (!status.matches("30[12378]") || to == null || to.getHost() == null) {
            problem("filter RedirectTo " + step.args().values() + " is not understood; the route is left out");
            understood = false;
            return;
        }
        boolean path = to.getPath() != null && !to.getPath().isEmpty();
        redirect = map(
                "redirectCode", Integer.parseInt(status),
                "scheme", to.getScheme(),
                "authority", to.getHost(),
                "port", to.getPort() < 0 ? null : to.getPort(),
                "uri", path ? to.getPath() : "/");
        if (!step.arg("includeRequestParams", 2).equals("true")) {
            problem("filter RedirectTo leaves out the query, which is kept here");
        }
    }

    /** What stands before the named rest of the path, and what takes its place. */
    private void rewrite(SpringStep step) {
        String regex = step.arg("regexp", 0);
        String to = step.arg("replacement", 1).replace("$\\{", "${");
        int rest = regex.indexOf("(?<");
        int end = regex.indexOf(">", Math.max(rest, 0));
        String name = rest < 0 || end < 0 ? "" : regex.substring(rest + 3, end);
        String tail = rest < 0 || end < 0 ? "" : regex.substring(end + 1);
        String before = rest < 0 ? "" : regex.substring(regex.startsWith("^") ? 1 : 0, rest);
        boolean optional = before.endsWith("/?");
        String node = optional ? before.substring(0, before.length() - 2) : before.replaceAll("/$", "");
        boolean plain = node.matches("(/[A-Za-z0-9_~-]+)*+")
                && (tail.equals(".*)") || tail.equals("/?.*)"))
                && (before.endsWith("/") || optional || tail.equals("/?.*)"))
                && (to.endsWith("/${" + name + "}") || to.endsWith("${" + name + "}") && tail.equals("/?.*)"));
        String target = plain ? to.substring(0, to.length() - name.length() - 3) : "";
        if (!plain || !target.matches("(/[A-Za-z0-9._~-]+)*+/?")) {
            problem("filter RewritePath " + step.args().values()
                    + " is no change of the beginning of a path; it is left out");
            return;
        }
        change(step, 0, segments(node), segments(target));
        if (optional && !segments(target).isEmpty() && to.endsWith("/${" + name + "}")) {
            problem("filter RewritePath makes '" + target + "' of '" + node + "', with a slash that is left out here");
        }
        if (before.endsWith("/")) {
            problem("filter RewritePath leaves '" + node + "' itself as it is, which is read as what is below");
        }
    }

    private void change(SpringStep step, int strip, @Nullable List<String> from, @Nullable List<String> to) {
        List<SpringPath> changed = new ArrayList<>();
        for (SpringPath path : paths) {
            SpringPath next = from == null || to == null ? path.strip(strip) : path.replace(from, to);
            if (next == null || !next.isKnown()) {
                problem("filter " + step.name() + " " + step.args().values() + " changes paths like " + path.pattern()
                        + " in a way that cannot be said; it is left out");
                next = path;
            }
            changed.add(next);
        }
        paths = changed;
    }

    private static List<String> segments(String path) {
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (!segment.isEmpty()) {
                segments.add(segment);
            }
        }
        return segments;
    }

    private static @Nullable URI uri(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
