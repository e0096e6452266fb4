package dev.lintel.core.explain;

import dev.lintel.core.Peer;
import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.Access;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.MeshModel;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A question about a request, as people put it: {@code get("/pay").from("frontend.shop").as("alice")}. A value; each
 * method answers a new one.
 *
 * <p>What is not said is not there: without {@link #from} it enters by the API's host and shows no certificate, without
 * {@link #as} and {@link #scopes} it brings no token.
 *
 * @param method the method
 * @param path the path as it would come
 * @param query the query; null if there is none
 * @param to the API's id; null for the only one
 * @param host by what name it is called, with or without a port; null for its first host, or its id from inside
 * @param from the workload that calls, {@code name.namespace}; null for nobody in particular
 * @param entering whether it enters by the host although a workload calls
 * @param as the subject of its token; null if it brings none
 * @param scopes the token's scopes
 * @param claims the token's other claims
 * @param headers names in lower case with their values
 */
public record Asked(
        String method,
        String path,
        @Nullable String query,
        @Nullable String to,
        @Nullable String host,
        @Nullable String from,
        boolean entering,
        @Nullable String as,
        List<String> scopes,
        Map<String, List<String>> claims,
        Map<String, String> headers) {
    private static final String SOMEBODY = "somebody";

    /** Checks the caller, and keeps lists and maps in their order. */
    public Asked {
        if (path.isEmpty() || path.charAt(0) != '/') {
            throw new IllegalArgumentException("a path must begin with '/', but was '" + path + "'");
        }
        if (from != null) {
            from = Caller.Workload.of(from).toString();
        }
        scopes = List.copyOf(scopes);
        claims = Collections.unmodifiableMap(new LinkedHashMap<>(claims));
        headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }

    /**
     * A {@code GET}.
     *
     * @param path the path, with or without a query
     * @return the question
     */
    public static Asked get(String path) {
        return method("GET", path);
    }

    /**
     * A {@code POST}.
     *
     * @param path the path, with or without a query
     * @return the question
     */
    public static Asked post(String path) {
        return method("POST", path);
    }

    /**
     * A {@code PUT}.
     *
     * @param path the path, with or without a query
     * @return the question
     */
    public static Asked put(String path) {
        return method("PUT", path);
    }

    /**
     * A {@code DELETE}.
     *
     * @param path the path, with or without a query
     * @return the question
     */
    public static Asked delete(String path) {
        return method("DELETE", path);
    }

    /**
     * A request with any method.
     *
     * @param method for example {@code PATCH}
     * @param path the path, with or without a query
     * @return the question
     * @throws IllegalArgumentException if the path does not begin with a slash
     */
    public static Asked method(String method, String path) {
        int mark = path.indexOf('?');
        return new Asked(
                method,
                mark < 0 ? path : path.substring(0, mark),
                mark < 0 ? null : path.substring(mark + 1),
                null,
                null,
                null,
                false,
                null,
                List.of(),
                Map.of(),
                Map.of());
    }

    /**
     * Says which API is called, where the world has several.
     *
     * @param api its id, for example {@code orders.shop}
     * @return a new question
     */
    public Asked to(String api) {
        return new Asked(method, path, query, api, host, from, entering, as, scopes, claims, headers);
    }

    /**
     * Says by what name the API is called, where it has several.
     *
     * @param name one of its hosts, or from inside one of its service's names; also with a port
     * @return a new question
     */
    public Asked at(String name) {
        return new Asked(method, path, query, to, name, from, entering, as, scopes, claims, headers);
    }

    /**
     * Says which workload calls. It calls from inside, where policies of the entry do not govern, unless {@link #byHost} is
     * said as well.
     *
     * @param workload {@code name.namespace}
     * @return a new question
     * @throws IllegalArgumentException if it is anything else
     */
    public Asked from(String workload) {
        return new Asked(method, path, query, to, host, workload, entering, as, scopes, claims, headers);
    }

    /**
     * Says that the request enters by the API's host, whoever calls.
     *
     * @return a new question
     */
    public Asked byHost() {
        return new Asked(method, path, query, to, host, from, true, as, scopes, claims, headers);
    }

    /**
     * Says for whom the request brings a token: a good one, of the first issuer that the API trusts and for its audience; or a
     * session, where people log in.
     *
     * @param subject the token's {@code sub}
     * @return a new question
     */
    public Asked as(String subject) {
        return new Asked(method, path, query, to, host, from, entering, subject, scopes, claims, headers);
    }

    /**
     * Says which scopes the token has.
     *
     * @param all in place of those that were said before
     * @return a new question
     */
    public Asked scopes(String... all) {
        return new Asked(method, path, query, to, host, from, entering, as, List.of(all), claims, headers);
    }

    /**
     * Says which values a claim of the token has.
     *
     * @param name the claim's name
     * @param values its values
     * @return a new question
     */
    public Asked claim(String name, String... values) {
        Map<String, List<String>> more = new LinkedHashMap<>(claims);
        more.put(name, List.of(values));
        return new Asked(method, path, query, to, host, from, entering, as, scopes, more, headers);
    }

    /**
     * Says which value a header has.
     *
     * @param name the header's name, in any case
     * @param value its value
     * @return a new question
     */
    public Asked header(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name.toLowerCase(Locale.ROOT), value);
        return new Asked(method, path, query, to, host, from, entering, as, scopes, claims, more);
    }

    /**
     * The request that is meant.
     *
     * @param world where it is sent
     * @param trustDomain the trust domain of its caller
     * @return the request as the evaluator sees it
     * @throws IllegalArgumentException if there is no such API, or several and none was named; the message lists them
     */
    public RequestValue in(MeshModel world, String trustDomain) {
        ApiModel api = api(world);
        boolean inside = from != null && !entering;
        String called = inside ? api.id() : api.entry().hosts().get(0);
        Peer who = from == null ? null : Peer.parse(from);
        Caller caller = who == null
                ? Caller.NONE
                : new Caller.Workload(trustDomain, who.namespace(), String.valueOf(who.name()));
        boolean bears = as != null || !scopes.isEmpty() || !claims.isEmpty();
        Token token = bears ? token(api) : Token.NONE;
        boolean session =
                api.entry().login() != null && api.entry().access().issuers().isEmpty();
        RequestValue request = new RequestValue(
                inside ? Request.Via.MESH : Request.Via.ENTRY,
                method,
                host == null ? called : host,
                path,
                query,
                headers,
                Token.NONE);
        return (session ? request.session(token) : request.token(token)).caller(caller);
    }

    private Token token(ApiModel api) {
        Access access = api.entry().access();
        String issuer = access.issuers().isEmpty()
                ? api.entry().login() == null ? "" : api.entry().login().issuer()
                : access.issuers().get(0).issuer();
        List<String> audiences = access.audiences().stream().limit(1).toList();
        Map<String, Object> all = new LinkedHashMap<>();
        claims.forEach((name, values) -> all.put(name, values.size() == 1 ? values.get(0) : values));
        return new Token.Verified(issuer, as == null ? SOMEBODY : as, audiences, scopes, all);
    }

    private ApiModel api(MeshModel world) {
        List<ApiModel> apis = world.apis();
        if (to == null && apis.size() == 1) {
            return apis.get(0);
        }
        String known = apis.isEmpty() ? "none" : apis.stream().map(ApiModel::id).collect(Collectors.joining(", "));
        if (to == null) {
            throw new IllegalArgumentException("say which API is called, to(\"…\"); exposed are: " + known);
        }
        return world.api(to)
                .orElseThrow(
                        () -> new IllegalArgumentException("no API '" + to + "' is exposed; exposed are: " + known));
    }

    /**
     * Who asks and with what; of headers only that they are there.
     *
     * @return for example {@code from frontend.shop as alice}, behind a space; empty for nobody in particular
     */
    public String who() {
        List<String> parts = new ArrayList<>(List.of(""));
        if (from != null) {
            parts.add("from " + from + (entering ? " by the host" : ""));
        }
        if (as != null) {
            parts.add("as " + as);
        }
        if (!scopes.isEmpty()) {
            parts.add("with " + String.join(" ", scopes));
        }
        claims.forEach((name, values) -> parts.add("with " + name + "=" + String.join("|", values)));
        if (!headers.isEmpty()) {
            parts.add("with headers " + headers.keySet());
        }
        return String.join(" ", parts);
    }

    /** For example {@code GET /pay from frontend.shop as alice}; of headers and query only that they are there. */
    @Override
    public String toString() {
        return method + " " + path + (query == null ? "" : "?[redacted]") + (to == null ? "" : " to " + to)
                + (host == null ? "" : " at " + host) + who();
    }
}
