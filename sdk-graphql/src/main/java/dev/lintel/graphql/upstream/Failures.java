package dev.lintel.graphql.upstream;

import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.ProtocolException;
import org.jspecify.annotations.Nullable;

/** What the exceptions of the HTTP client mean. */
final class Failures {
    private Failures() {}

    static UpstreamCode code(Exception e, boolean late, boolean answered, @Nullable SentBody body) {
        if (late) {
            return UpstreamCode.UPSTREAM_TIMEOUT;
        }
        if (body != null && body.unreadable()) {
            return UpstreamCode.BAD_ARGUMENT;
        }
        if (e instanceof SocketTimeoutException && !(e instanceof ConnectTimeoutException)) {
            return UpstreamCode.UPSTREAM_TIMEOUT;
        }
        if (e instanceof ConnectTimeoutException || e instanceof InterruptedIOException) {
            return UpstreamCode.UPSTREAM_UNAVAILABLE;
        }
        boolean nonsense = e.getCause() instanceof ProtocolException || e instanceof MessageConstraintException;
        return answered || nonsense ? UpstreamCode.UPSTREAM_INVALID : UpstreamCode.UPSTREAM_UNAVAILABLE;
    }
}
