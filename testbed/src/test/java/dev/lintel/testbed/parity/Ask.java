package dev.lintel.testbed.parity;

import dev.lintel.testbed.plane.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A request and what is to come of it: one row of a case file.
 *
 * @param place the file and the number of the row, for messages
 * @param method for example {@code GET}
 * @param target path and query as they are sent
 * @param api {@code name.namespace}, whose host is asked, or whose service where the call comes from inside
 * @param host asked for in place of the API's own; empty for that one
 * @param from the workload that calls from inside, {@code name.namespace}; empty for a call that enters
 * @param token the token that it carries
 * @param headers names and values in order
 * @param count how often it is sent
 * @param expect what comes of it
 * @param shares where it is sent often: percent by version
 * @param code the deviation that makes the mesh answer otherwise; empty for none
 * @param mesh what the mesh answers
 * @param reader what the objects in the cluster say, as they are read
 * @param opa what the external authorizer says of it, in the words of {@link Said}; empty where there is none to be asked
 * @param vary a header that has another value each time; empty for none
 * @param marked whether is counted how often it comes to services: in all, or by version
 * @param shown headers that are compared
 */
record Ask(
        String place,
        String method,
        String target,
        String api,
        String host,
        String from,
        TokenSpec token,
        List<List<String>> headers,
        int count,
        String expect,
        Map<String, Integer> shares,
        String code,
        String mesh,
        String reader,
        String opa,
        String vary,
        Marked marked,
        Shown shown) {
    /** How is counted what comes to services. */
    enum Marked {
        NO,
        IN_ALL,
        BY_VERSION
    }

    /**
     * Headers that are compared, by their names in lower case.
     *
     * @param request those that the service gets
     * @param response those that the caller gets
     */
    record Shown(List<String> request, List<String> response) {}

    /** One row, with what its file says for all: a case for each of its requests and each of its tokens. */
    static List<Ask> of(String place, Map<?, ?> row, Map<?, ?> file, Map<String, TokenSpec> tokens) {
        List<Ask> asks = new ArrayList<>();
        for (String ask : many(row.get("ask"))) {
            for (String token : many(row.containsKey("as") ? row.get("as") : "")) {
                asks.add(of(place, ask.split(" ", 2), TokenSpec.named(token, tokens), row, file));
            }
        }
        return asks;
    }

    private static Ask of(String place, String[] ask, TokenSpec token, Map<?, ?> row, Map<?, ?> file) {
        String api = text(row, "at", text(file, "at", ""));
        Map<String, Integer> shares = new TreeMap<>();
        if (row.get("expect") instanceof Map<?, ?> said) {
            said.forEach((version, share) -> shares.put(String.valueOf(version), Integer.valueOf(share.toString())));
        }
        // Nothing tells what path came with an answer that has no body.
        String path = ask[0].equals("HEAD") ? "" : " " + ask[1];
        String expect = shares.isEmpty() ? text(row, "expect", "").replace(" =", path) : "";
        String mesh = text(row, "mesh", expect).replace(" =", path);
        return new Ask(
                place,
                ask[0],
                ask[1],
                api.contains(".") ? api : api + "." + text(file, "namespace", ""),
                text(row, "host", ""),
                text(row, "from", ""),
                token,
                headers(row.get("with")),
                Integer.parseInt(text(row, "count", "1")),
                expect,
                shares,
                text(row, "code", ""),
                mesh,
                text(row, "reader", mesh).replace(" =", path),
                text(row, "opa", ""),
                text(row, "vary", ""),
                Marked.valueOf(
                        text(row, "marked", "no").toUpperCase(Locale.ROOT).replace(' ', '_')),
                new Shown(
                        texts(map(file.get("shown")).get("request")),
                        texts(map(file.get("shown")).get("response"))));
    }

    static List<String> many(Object said) {
        return said instanceof List<?> ? texts(said) : List.of(String.valueOf(said));
    }

    /** The same with one more header. */
    Ask with(String name, String value) {
        List<List<String>> more = new ArrayList<>(headers);
        more.add(List.of(name, value));
        return new Ask(
                place,
                method,
                target,
                api,
                host,
                from,
                token,
                List.copyOf(more),
                count,
                expect,
                shares,
                code,
                mesh,
                reader,
                opa,
                vary,
                marked,
                shown);
    }

    /** The same with what is to come of it. */
    Ask expecting(String answer) {
        return new Ask(
                place, method, target, api, host, from, token, headers, count, answer, shares, code, answer, answer,
                opa, vary, marked, shown);
    }

    boolean isInside() {
        return !from.isEmpty();
    }

    String name() {
        return api.substring(0, api.indexOf('.'));
    }

    /** Where it goes: an exposed host, or a name inside. */
    String authority() {
        return !host.isEmpty() ? host : isInside() ? api + ".svc.cluster.local" : api + ".example.com";
    }

    String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** Without the question mark; empty for none. */
    String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }

    /** The request as it goes to the wire. */
    Call call(String address, TokenSpec.Issuers issuers) {
        Call call = new Call(address, method, target, List.of(List.of("host", authority())), "");
        for (List<String> header : headers) {
            call = call.with(header.get(0), header.get(1));
        }
        return token.kind() == TokenSpec.Kind.NONE
                ? call
                : call.with("authorization", "Bearer " + token.bearer(issuers));
    }

    /** What is not said about versions is not looked at. */
    boolean isAnyVersion() {
        return expect.startsWith("any");
    }

    String header(String name) {
        return headers.stream()
                .filter(one -> one.get(0).equals(name))
                .map(one -> one.get(1))
                .findFirst()
                .orElse("");
    }

    @Override
    public String toString() {
        return place + ": " + method + " " + authority() + target + (from.isEmpty() ? "" : " from " + from) + " as "
                + token + (headers.isEmpty() ? "" : " with " + headers);
    }

    private static List<List<String>> headers(Object said) {
        List<List<String>> headers = new ArrayList<>();
        map(said)
                .forEach((name, values) -> (values instanceof List<?> many ? many : List.of(values))
                        .forEach(value -> headers.add(List.of(String.valueOf(name), String.valueOf(value)))));
        return List.copyOf(headers);
    }

    static Map<?, ?> map(Object value) {
        return value == null ? Map.of() : (Map<?, ?>) value;
    }

    static List<String> texts(Object value) {
        return value == null
                ? List.of()
                : ((List<?>) value).stream().map(String::valueOf).toList();
    }

    static String text(Map<?, ?> said, String field, String usual) {
        return said.containsKey(field) ? Objects.toString(said.get(field)) : usual;
    }
}
