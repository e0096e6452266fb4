package dev.lintel.embedded.wire;

import io.netty.util.AsciiString;
import java.util.Arrays;
import java.util.Locale;

/** The header fields that a gateway must know, each with what becomes of it. */
enum Field {
    HOST("host", Fate.KEPT),
    CONTENT_LENGTH("content-length", Fate.KEPT),
    TRANSFER_ENCODING("transfer-encoding", Fate.KEPT),
    AUTHORIZATION("authorization", Fate.KEPT),
    COOKIE("cookie", Fate.KEPT),
    SET_COOKIE("set-cookie", Fate.KEPT),
    CONTENT_TYPE("content-type", Fate.KEPT),
    CONTENT_ENCODING("content-encoding", Fate.KEPT),
    WWW_AUTHENTICATE("www-authenticate", Fate.KEPT),
    CONNECTION("connection", Fate.HOP),
    KEEP_ALIVE("keep-alive", Fate.HOP),
    PROXY_CONNECTION("proxy-connection", Fate.HOP),
    PROXY_AUTHENTICATE("proxy-authenticate", Fate.HOP),
    PROXY_AUTHORIZATION("proxy-authorization", Fate.HOP),
    UPGRADE("upgrade", Fate.HOP),
    HTTP2_SETTINGS("http2-settings", Fate.HOP),
    EXPECT("expect", Fate.HOP),
    TE("te", Fate.HOP),
    FORWARDED("forwarded", Fate.OURS),
    X_REAL_IP("x-real-ip", Fate.OURS),
    /** With these the router of Cloud Foundry sends a request on to a route service. */
    X_CF_FORWARDED_URL("x-cf-forwarded-url", Fate.KEPT),
    X_CF_PROXY_SIGNATURE("x-cf-proxy-signature", Fate.KEPT),
    X_CF_PROXY_METADATA("x-cf-proxy-metadata", Fate.KEPT),
    /** Back ends that obey these see another path or method than the one that was decided. */
    X_ORIGINAL_URL("x-original-url", Fate.OURS),
    X_REWRITE_URL("x-rewrite-url", Fate.OURS),
    X_HTTP_METHOD("x-http-method", Fate.OURS),
    X_HTTP_METHOD_OVERRIDE("x-http-method-override", Fate.OURS),
    X_METHOD_OVERRIDE("x-method-override", Fate.OURS),
    /** Every {@code x-forwarded-…}, also {@code x-forwarded-client-cert}. */
    X_FORWARDED("x-forwarded-", Fate.OURS),
    /** Every {@code x-envoy-…}: they steer proxies behind us. */
    X_ENVOY("x-envoy-", Fate.OURS),
    /** Everything else. */
    OTHER("", Fate.KEPT);

    /** What becomes of a field that came in. */
    enum Fate {
        /** It goes on. */
        KEPT,
        /** It is for this hop only (RFC 9110, 7.6.1). */
        HOP,
        /** In a request it is dropped, because only a proxy may say it. */
        OURS
    }

    private static final Field[][] BY_LENGTH = byLength();

    final AsciiString text;
    final Fate fate;

    Field(String text, Fate fate) {
        this.text = AsciiString.cached(text);
        this.fate = fate;
    }

    static Field of(CharSequence name) {
        int length = name.length();
        if (length < BY_LENGTH.length) {
            Field[] candidates = BY_LENGTH[length];
            for (int i = 0; i < candidates.length; i++) {
                if (candidates[i].text.contentEqualsIgnoreCase(name)) {
                    return candidates[i];
                }
            }
        }
        if (length > 8 && (name.charAt(0) | 0x20) == 'x' && name.charAt(1) == '-') {
            return begins(name, X_FORWARDED) ? X_FORWARDED : begins(name, X_ENVOY) ? X_ENVOY : OTHER;
        }
        return OTHER;
    }

    /** What a name would be if its underscores were hyphens, as CGI and its heirs read it. */
    static Field ofUnderscored(CharSequence name) {
        return of(name.toString().replace('_', '-').toLowerCase(Locale.ROOT));
    }

    private static boolean begins(CharSequence name, Field prefix) {
        return AsciiString.regionMatches(name, true, 0, prefix.text, 0, prefix.text.length());
    }

    private static Field[][] byLength() {
        Field[][] table = new Field[32][];
        for (int length = 0; length < table.length; length++) {
            int wanted = length;
            table[length] = Arrays.stream(values())
                    .filter(f -> f.text.length() == wanted && f != X_FORWARDED && f != X_ENVOY && f != OTHER)
                    .toArray(Field[]::new);
        }
        return table;
    }
}
