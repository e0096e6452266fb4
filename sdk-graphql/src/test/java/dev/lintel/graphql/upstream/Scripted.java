package dev.lintel.graphql.upstream;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** A service that gives what it was told to, one after the other, and keeps what it was asked. */
final class Scripted implements Upstream {
    final List<UpstreamRequest> requests = new ArrayList<>();
    private final Deque<Object> script = new ArrayDeque<>();

    Scripted(Object... script) {
        for (Object each : script) {
            this.script.add(each);
        }
    }

    /** An answer of a status with headers, each {@code Name: value}. */
    static UpstreamAnswer answer(int status, String... headers) {
        return body(status, "", headers);
    }

    static UpstreamAnswer body(int status, String body, String... headers) {
        List<Header> all = new ArrayList<>();
        for (String header : headers) {
            int colon = header.indexOf(':');
            all.add(new Header(
                    header.substring(0, colon), header.substring(colon + 1).strip()));
        }
        return new UpstreamAnswer(status, all, body.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    static UpstreamException failure(UpstreamCode code, boolean sent) {
        return new UpstreamException(UpstreamProblem.of(code), sent, null);
    }

    @Override
    public UpstreamAnswer call(UpstreamRequest request) throws IOException {
        requests.add(request);
        Object next = script.remove();
        if (next instanceof IOException failure) {
            throw failure;
        }
        return (UpstreamAnswer) next;
    }
}
