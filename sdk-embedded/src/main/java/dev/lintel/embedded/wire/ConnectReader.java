package dev.lintel.embedded.wire;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpRequest;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the head of a CONNECT as strictly as that of any other request: a host with its port, a Host that says the same,
 * no body (RFC 9110, 9.3.6; RFC 9112, 3.2.3).
 */
public final class ConnectReader {
    private static final int MOST_FIELDS = 200;

    private final String target;
    private int hosts;
    private @Nullable String host;

    private ConnectReader(String target) {
        this.target = target;
    }

    /**
     * What was read.
     *
     * @param host the host as it came; empty if it is refused
     * @param port 0 to 99999, to be judged with the host
     * @param refusal null if it may be decided
     */
    public record Connect(String host, int port, @Nullable Refusal refusal) {
        private static Connect refused(Refusal refusal) {
            return new Connect("", 0, refusal);
        }
    }

    /**
     * Reads one head.
     *
     * @param message as it was decoded
     * @return the host and the port; look at its refusal first
     */
    public static Connect read(HttpRequest message) {
        Refusal undecodable = RequestReader.undecodable(message.decoderResult());
        if (undecodable != null) {
            return Connect.refused(undecodable);
        }
        if (message.protocolVersion().majorVersion() != 1) {
            return Connect.refused(new Refusal(505, "only HTTP/1.1 and HTTP/1.0 are spoken here"));
        }
        String target = message.uri();
        int colon = target.lastIndexOf(':');
        if (colon < 1 || colon == target.length() - 1 || !Grammar.isAuthority(target)) {
            return Connect.refused(Refusal.bad("CONNECT needs a host name and a port"));
        }
        Refusal refusal = new ConnectReader(target).fields(message);
        return refusal == null
                ? new Connect(target.substring(0, colon), Integer.parseInt(target.substring(colon + 1)), null)
                : Connect.refused(refusal);
    }

    private @Nullable Refusal fields(HttpRequest message) {
        HttpHeaders headers = message.headers();
        Iterator<Map.Entry<CharSequence, CharSequence>> all = headers.iteratorCharSequence();
        int count = 0;
        while (all.hasNext()) {
            Map.Entry<CharSequence, CharSequence> entry = all.next();
            CharSequence value = entry.getValue();
            if (++count > MOST_FIELDS) {
                return new Refusal(431, "the header has too many fields");
            }
            if (!Grammar.isToken(entry.getKey()) || !Grammar.isFieldValue(value)) {
                return Refusal.bad("a header field has characters that it must not have");
            }
            Field field = Field.of(entry.getKey());
            if (field == Field.TRANSFER_ENCODING || field == Field.CONTENT_LENGTH && Grammar.length(value) != 0) {
                return Refusal.bad("CONNECT has no body");
            }
            if (field == Field.HOST) {
                hosts++;
                host = value.toString();
            }
        }
        return hosts(message.protocolVersion().minorVersion() == 0);
    }

    /** Some clients leave the port out of Host where it is the scheme's own. */
    private @Nullable Refusal hosts(boolean http10) {
        if (hosts > 1 || hosts == 0 && !http10) {
            return Refusal.bad("there must be exactly one Host field");
        }
        String bare = target.substring(0, target.lastIndexOf(':'));
        boolean same = host == null || host.equalsIgnoreCase(target) || host.equalsIgnoreCase(bare);
        return same ? null : Refusal.bad("the request target and Host name different authorities");
    }
}
