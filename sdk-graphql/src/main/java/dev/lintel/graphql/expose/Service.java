package dev.lintel.graphql.expose;

import dev.lintel.core.front.FrontCall;
import dev.lintel.core.front.FrontContext;
import dev.lintel.core.front.FrontHeader;
import dev.lintel.core.front.FrontReply;
import dev.lintel.core.front.FrontRequest;
import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.Header;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import dev.lintel.graphql.upstream.UpstreamRequest;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/** One service of a graph. What its document's security schemes name is sent on of the caller's headers, nothing else. */
final class Service implements AutoCloseable {
    private static final String AUTHORIZATION = "authorization";
    private static final int LONGEST_UPLOAD = 16 << 20;

    private final GraphSource source;
    private final SortedSet<String> headers;
    private final FrontContext context;
    private final @Nullable TokenKeeper tokens;

    Service(GraphSource source, SortedSet<String> headers, FrontContext context, @Nullable TokenKeeper tokens) {
        this.source = source;
        this.headers = headers;
        this.context = context;
        this.tokens = tokens;
    }

    UpstreamAnswer call(UpstreamRequest request, FrontRequest caller) throws UpstreamException {
        List<FrontHeader> sent = new ArrayList<>();
        for (Header header : request.headers()) {
            // What a document calls a parameter is no way to say who asks.
            if (!headers.contains(lower(header.name())) && !lower(header.name()).equals(AUTHORIZATION)) {
                sent.add(new FrontHeader(header.name(), header.value()));
            }
        }
        for (String name : headers) {
            if (!name.equals(AUTHORIZATION)) {
                caller.header(name).ifPresent(value -> sent.add(new FrontHeader(name, value)));
            }
        }
        authorization(caller).ifPresent(value -> sent.add(new FrontHeader(AUTHORIZATION, value)));
        Content content = request.body();
        if (content != null) {
            sent.add(new FrontHeader("content-type", content.mediaType()));
        }
        FrontCall call = new FrontCall(request.method(), request.target(), sent, body(content), request.timeout());
        try {
            return answer(context.call(source.service(), call));
        } catch (SocketTimeoutException e) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_TIMEOUT), true, e);
        } catch (IOException e) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_UNAVAILABLE), true, e);
        }
    }

    private Optional<String> authorization(FrontRequest caller) throws UpstreamException {
        return switch (source.tokens().handling()) {
            case NONE -> Optional.empty();
            case FORWARD -> headers.contains(AUTHORIZATION) ? caller.header(AUTHORIZATION) : Optional.empty();
            case EXCHANGE, OWN -> tokens == null ? Optional.empty() : tokens.authorization(caller);
        };
    }

    private static ByteBuffer body(@Nullable Content content) throws UpstreamException {
        if (content instanceof Content.Bytes bytes) {
            return ByteBuffer.wrap(bytes.bytes());
        }
        if (!(content instanceof Content.Stream stream)) {
            return ByteBuffer.allocate(0);
        }
        try (InputStream input = stream.source().open()) {
            byte[] bytes = input.readNBytes(LONGEST_UPLOAD + 1);
            if (bytes.length > LONGEST_UPLOAD) {
                throw new UpstreamException(UpstreamProblem.of(UpstreamCode.BAD_ARGUMENT), false, null);
            }
            return ByteBuffer.wrap(bytes);
        } catch (UpstreamException e) {
            throw e;
        } catch (IOException e) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.BAD_ARGUMENT), false, e);
        }
    }

    private static UpstreamAnswer answer(FrontReply reply) throws UpstreamException {
        if (reply.status() < 200 || reply.status() > 599) {
            throw new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_INVALID), true, null);
        }
        List<Header> headers = new ArrayList<>();
        for (FrontHeader header : reply.headers()) {
            try {
                headers.add(new Header(header.name(), header.value()));
            } catch (IllegalArgumentException e) {
                // A header that is none says nothing; the rest of the answer does.
            }
        }
        byte[] body = new byte[reply.body().remaining()];
        reply.body().get(body);
        return new UpstreamAnswer(reply.status(), headers, body);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    @Override
    public void close() {
        if (tokens != null) {
            tokens.close();
        }
    }
}
