package dev.lintel.embedded.wire;

import dev.lintel.core.evaluate.Caller;
import dev.lintel.core.evaluate.Cookies;
import dev.lintel.core.evaluate.Request;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.evaluate.Verdict;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpRequest;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The head of a live request: what a decision needs to see of it, without a copy, and how its body is framed. */
public final class RequestHead implements Request {
    private final HttpRequest message;
    private final String method;

    @Nullable
    Refusal refusal;

    String host = "";
    String path = "/";

    @Nullable
    String query;

    @Nullable
    String authorization;

    long length;
    boolean chunked;
    boolean keepAlive;
    boolean awaitsContinue;

    @Nullable
    RouteService routeService;

    private Token token = Token.NONE;
    private Verdict verdict = Verdict.UNASKED;
    private Token session = Token.NONE;
    private Amendment amendment = Amendment.NONE;
    private @Nullable String address;
    private @Nullable String scheme;
    private Caller caller = Caller.NONE;
    private Via via = Via.ENTRY;

    RequestHead(HttpRequest message) {
        this.message = message;
        this.method = message.method().name();
    }

    /** The message, cleaned of what must not go on. */
    public HttpRequest message() {
        return message;
    }

    /** Why it is refused; null if it may be decided. */
    public @Nullable Refusal refusal() {
        return refusal;
    }

    /** The one {@code Authorization} field; null if there is none. */
    public @Nullable String authorization() {
        return authorization;
    }

    /** The declared length of the body; 0 if there is no body, -1 if it is chunked. */
    public long length() {
        return chunked ? -1 : length;
    }

    public boolean hasBody() {
        return chunked || length > 0;
    }

    /** Whether the client wants to use its connection again. */
    public boolean keepAlive() {
        return keepAlive;
    }

    /** Whether the client waits for {@code 100 Continue} before it sends the body. */
    public boolean awaitsContinue() {
        return awaitsContinue;
    }

    /** HTTP/1.0 clients do not understand chunks. */
    public boolean isHttp10() {
        return message.protocolVersion().minorVersion() == 0;
    }

    public boolean isHead() {
        return method.equals("HEAD");
    }

    /** Whether sending it twice means the same as sending it once (RFC 9110, 9.2.2). */
    public boolean isIdempotent() {
        return switch (method) {
            case "GET", "HEAD", "OPTIONS", "PUT", "DELETE" -> true;
            default -> false;
        };
    }

    /** What a router of Cloud Foundry says about it; null if it says nothing. */
    public @Nullable RouteService routeService() {
        return routeService;
    }

    /** Puts what the router was asked for in place of what this gateway was asked for, before anything is decided. */
    public void target(String itsPath, @Nullable String itsQuery) {
        path = itsPath;
        query(itsQuery);
    }

    /** What goes on is made of the message's own target where that says the same, so it must not say the old one. */
    private void query(@Nullable String its) {
        query = its;
        message.setUri(its == null ? path : path + "?" + its);
    }

    /** Says what the external authorizer said, and changes what it wants to be changed before anything else is decided. */
    public void verdict(Verdict said) {
        verdict = said;
        if (said instanceof Verdict.Allowed allowed && !allowed.request().isEmpty()) {
            VerdictEdits.request(message.headers(), allowed.request());
            authorization = message.headers().get(HttpHeaderNames.AUTHORIZATION);
            String changed = QueryEdits.apply(query, allowed.request());
            if (!Objects.equals(changed, query)) {
                query(changed);
            }
        }
    }

    @Override
    public Verdict verdict() {
        return verdict;
    }

    /** Says where its connection comes from, and how. */
    public void cameFrom(@Nullable String itsAddress, String itsScheme) {
        address = itsAddress;
        scheme = itsScheme;
    }

    /** Says who calls, as its connection has proven it, by which way, and whether it is the last one to come so. */
    public void calledBy(Caller itsCaller, Via itsVia, boolean last) {
        caller = itsCaller;
        via = itsVia;
        keepAlive &= !last;
    }

    @Override
    public Caller caller() {
        return caller;
    }

    @Override
    public Via via() {
        return via;
    }

    /** Where its connection comes from; whatever headers say of others does not count. */
    @Override
    public @Nullable String address() {
        return address;
    }

    /** The scheme of its own connection; whatever a request target or a header says does not count. */
    @Override
    public @Nullable String scheme() {
        return scheme;
    }

    /** Says what came of its token. */
    public void token(Token judged) {
        token = judged;
    }

    /** Says what came of its session. */
    public void session(Token judged) {
        session = judged;
    }

    /** Says what is changed in its headers, and in those of its answer. */
    public void amendment(Amendment said) {
        amendment = said;
    }

    public Amendment amendment() {
        return amendment;
    }

    @Override
    public String method() {
        return method;
    }

    @Override
    public String host() {
        return host;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public @Nullable String query() {
        return query;
    }

    @Override
    public @Nullable String header(String name) {
        List<String> values = message.headers().getAll(name);
        return values.isEmpty() ? null : values.size() == 1 ? values.get(0) : String.join(",", values);
    }

    @Override
    public @Nullable String cookie(String name) {
        for (String cookies : message.headers().getAll(HttpHeaderNames.COOKIE)) {
            String value = Cookies.value(cookies, name);
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    @Override
    public Token token() {
        return token;
    }

    @Override
    public Token session() {
        return session;
    }
}
