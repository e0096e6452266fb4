package dev.lintel.embedded.wire;

import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a request strictly: what two readers could understand in two ways is refused, what is for this hop
 * only or only for a proxy to say is removed. Everything behind it sees one meaning (RFC 9112, 3, 6.1 and 11.2).
 */
public final class RequestReader {
    /** Twice what Envoy allows: enough for everybody, and too few to make looking through them slow. */
    private static final int MOST_FIELDS = 200;

    private final RequestHead head;
    private final HttpHeaders headers;
    private @Nullable ConnectionOptions connection;
    private @Nullable List<CharSequence> removed;
    private int hosts;
    private int lengths;
    private int encodings;
    private int authorizations;
    private boolean te;
    private boolean expects;
    private boolean upgrade;

    private RequestReader(HttpRequest message) {
        head = new RequestHead(message);
        headers = message.headers();
    }

    /**
     * Reads one head and cleans its message.
     *
     * @param message as it was decoded
     * @return the head; look at its refusal first
     */
    public static RequestHead read(HttpRequest message) {
        RequestReader reader = new RequestReader(message);
        reader.head.refusal = reader.refusal(message);
        if (reader.head.refusal == null) {
            reader.clean();
        }
        return reader.head;
    }

    /**
     * Why a part of a message could not be decoded.
     *
     * @param result of the decoder
     * @return null if it could
     */
    public static @Nullable Refusal undecodable(DecoderResult result) {
        if (result.isSuccess()) {
            return null;
        }
        if (result.cause() instanceof TooLongHttpLineException) {
            return new Refusal(414, "the request target is too long");
        }
        return result.cause() instanceof TooLongHttpHeaderException
                ? new Refusal(431, "the header is too large")
                : Refusal.bad("the message is not valid HTTP/1.1");
    }

    private @Nullable Refusal refusal(HttpRequest message) {
        Refusal undecodable = undecodable(message.decoderResult());
        if (undecodable != null) {
            return undecodable;
        }
        HttpVersion version = message.protocolVersion();
        if (version.majorVersion() != 1
                || version.minorVersion() > 1
                || !version.text().startsWith("HTTP/1.")) {
            return new Refusal(505, "only HTTP/1.1 and HTTP/1.0 are spoken here");
        }
        Refusal refusal = method(message.method().name());
        if (refusal == null) {
            refusal = fields();
        }
        if (refusal == null) {
            refusal = Target.read(message.uri(), head, hosts);
        }
        if (refusal == null) {
            refusal = framing();
        }
        return refusal == null ? hop() : refusal;
    }

    private static @Nullable Refusal method(String method) {
        if (!Grammar.isMethod(method)) {
            return Grammar.isToken(method)
                    ? new Refusal(501, "methods are written in upper case")
                    : Refusal.bad("the method is not a token");
        }
        return method.equals("CONNECT") || method.equals("TRACE")
                ? new Refusal(501, method + " is not supported")
                : null;
    }

    private @Nullable Refusal fields() {
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        int count = 0;
        while (all.hasNext()) {
            if (++count > MOST_FIELDS) {
                return new Refusal(431, "the header has too many fields");
            }
            Map.Entry<CharSequence, CharSequence> entry = all.next();
            CharSequence name = entry.getKey();
            if (!Grammar.isToken(name) || !Grammar.isFieldValue(entry.getValue())) {
                return Refusal.bad("a header field has characters that it must not have");
            }
            Field field = Field.of(name);
            if (field != Field.OTHER) {
                note(field, name, entry.getValue());
            } else if (isDisguised(name)) {
                return Refusal.bad("a header field's name must not have underscores in place of hyphens");
            }
        }
        return null;
    }

    private static boolean isDisguised(CharSequence name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.charAt(i) == '_') {
                return Field.ofUnderscored(name) != Field.OTHER;
            }
        }
        return false;
    }

    private void note(Field field, CharSequence name, CharSequence value) {
        switch (field) {
            case HOST -> {
                hosts++;
                head.host = value.toString();
            }
            case CONTENT_LENGTH -> {
                lengths++;
                head.length = Grammar.length(value);
            }
            case TRANSFER_ENCODING -> {
                encodings++;
                head.chunked = "chunked".contentEquals(value) || "chunked".equalsIgnoreCase(value.toString());
            }
            case AUTHORIZATION -> {
                authorizations++;
                head.authorization = value.toString();
            }
            case CONNECTION -> {
                if (connection == null) {
                    connection = new ConnectionOptions();
                }
                connection.add(value);
            }
            case X_CF_FORWARDED_URL, X_CF_PROXY_SIGNATURE, X_CF_PROXY_METADATA -> routed(field, value);
            case TE -> te = true;
            case UPGRADE -> upgrade |= !isOffer(value.toString());
            case EXPECT -> {
                head.awaitsContinue = !expects && "100-continue".equalsIgnoreCase(value.toString());
                expects = true;
            }
            default -> {}
        }
        if (field.fate != Field.Fate.KEPT) {
            if (removed == null) {
                removed = new ArrayList<>(4);
            }
            removed.add(name);
        }
    }

    private void routed(Field field, CharSequence value) {
        RouteService so = head.routeService == null ? RouteService.NOTHING : head.routeService;
        head.routeService = switch (field) {
            case X_CF_FORWARDED_URL -> so.withUrl(value.toString());
            case X_CF_PROXY_SIGNATURE -> so.withSignature();
            default -> so.withMetadata();
        };
    }

    /** What clients offer with ordinary requests, and a server may pass over (RFC 9110, 7.8): HTTP/2, and TLS (RFC 2817). */
    private static boolean isOffer(String protocol) {
        return protocol.equalsIgnoreCase("h2c") || protocol.regionMatches(true, 0, "TLS/", 0, 4);
    }

    private @Nullable Refusal framing() {
        if (lengths > 1 || encodings > 1 || lengths == 1 && encodings == 1) {
            return Refusal.bad("the length of the body is said twice");
        }
        if (lengths == 1 && head.length < 0) {
            return Refusal.bad("Content-Length must be a number");
        }
        if (encodings == 1 && (!head.chunked || head.isHttp10())) {
            return Refusal.bad("the only transfer coding is 'chunked', and only in HTTP/1.1");
        }
        return authorizations > 1 ? Refusal.bad("there must be one Authorization field only") : null;
    }

    private @Nullable Refusal hop() {
        if (connection != null && !connection.isGood()) {
            return Refusal.bad("Connection names fields that it must not name, or too many");
        }
        if (upgrade) {
            return new Refusal(501, "upgrades are not supported");
        }
        if (expects && !head.awaitsContinue) {
            return new Refusal(417, "the only expectation that is met is '100-continue'");
        }
        head.awaitsContinue &= !head.isHttp10() && head.hasBody();
        boolean wish = head.isHttp10()
                ? connection != null && connection.keepAlive()
                : connection == null || !connection.close();
        head.keepAlive = wish && (connection == null || !connection.close());
        return null;
    }

    private void clean() {
        boolean trailers = te && ConnectionOptions.onlyTrailers(headers.get(HttpHeaderNames.TE));
        if (removed != null) {
            for (int i = 0; i < removed.size(); i++) {
                headers.remove(removed.get(i));
            }
        }
        if (connection != null) {
            connection.remove(headers);
        }
        if (trailers) {
            headers.set(HttpHeaderNames.TE, "trailers");
        }
        if (hosts == 0) {
            headers.set(HttpHeaderNames.HOST, head.host);
        }
    }
}
