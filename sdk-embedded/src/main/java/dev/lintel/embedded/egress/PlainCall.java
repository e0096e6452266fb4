package dev.lintel.embedded.egress;

import dev.lintel.embedded.serve.Ticks;
import dev.lintel.embedded.wire.Refusal;
import dev.lintel.embedded.wire.RequestHead;
import dev.lintel.embedded.wire.RequestReader;
import dev.lintel.embedded.wire.ResponseDecoder;
import dev.lintel.embedded.wire.ResponseEncoder;
import dev.lintel.embedded.wire.ResponseReader;
import dev.lintel.embedded.wire.ResponseReader.Framing;
import dev.lintel.embedded.wire.ResponseReader.ResponseHead;
import dev.lintel.embedded.wire.Trailers;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpRequestEncoder;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.ReferenceCountUtil;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/** One plain request, passed on in origin form on a connection of its own, and its response (RFC 9112, 3.2.2). */
@SuppressWarnings("FutureReturnValueIgnored") // a write that fails closes the channel, and that is heard of
final class PlainCall {
    private static final String VIA = "1.1 lintel";

    private final ProxyFront front;
    private final ResponseEncoder encoder;
    private final RequestHead head;
    private final Channel client;
    private final Deque<HttpContent> waiting = new ArrayDeque<>(2);
    private @Nullable Channel server;
    private boolean requestDone;
    private boolean responseBegun;
    private boolean informational;
    private boolean done;

    PlainCall(ProxyFront front, ResponseEncoder encoder, RequestHead head) {
        this.front = front;
        this.encoder = encoder;
        this.head = head;
        this.client = front.client();
    }

    /** A part of the request's body; what comes before there is a connection waits, and nothing more is read. */
    void body(HttpContent content) {
        Refusal refusal = RequestReader.undecodable(content.decoderResult());
        if (refusal != null || done || requestDone) {
            content.release();
            if (refusal != null && !done && !requestDone) {
                fail(Obstacle.bad(refusal.status(), refusal.detail()));
            }
            return;
        }
        if (content instanceof LastHttpContent last) {
            Trailers.clean(last.trailingHeaders());
            requestDone = true;
        }
        Channel to = server;
        if (to == null) {
            waiting.add(content);
        } else {
            send(to, content);
        }
    }

    private void send(Channel to, HttpContent content) {
        to.write(content);
        moved();
        if (!to.isWritable() && !requestDone) {
            client.config().setAutoRead(false);
        }
    }

    void flush() {
        if (server != null) {
            server.flush();
        }
    }

    void connected(Channel channel, Destinations.Count count) {
        server = channel;
        ResponseDecoder decoder = new ResponseDecoder(front.outlet().limits().header());
        decoder.expect(head.isHead());
        channel.pipeline().addLast(new Meter(count), new HttpRequestEncoder(), decoder, new Answer());
        channel.write(request());
        moved();
        waiting.forEach(content -> send(channel, content));
        waiting.clear();
        channel.flush();
        if (head.awaitsContinue() && !requestDone) {
            encoder.expect(false);
            client.writeAndFlush(ProxyAnswers.goOn());
            encoder.expect(head.isHead());
        }
        channel.config().setAutoRead(true);
        client.config().setAutoRead(true);
    }

    private HttpRequest request() {
        HttpRequest message = head.message();
        String query = head.query();
        HttpHeaders headers = message.headers();
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.add(HttpHeaderNames.VIA, VIA);
        return message.setUri(query == null ? head.path() : head.path() + "?" + query)
                .setProtocolVersion(HttpVersion.HTTP_1_1);
    }

    private void moved() {
        long patience = requestDone && !responseBegun
                ? front.outlet().limits().response()
                : front.outlet().limits().idle();
        front.alarm().at(Ticks.now() + patience);
    }

    void clientWritable(boolean writable) {
        if (server != null) {
            server.config().setAutoRead(writable);
        }
    }

    void expired() {
        fail(requestDone ? Obstacle.SLOW : Obstacle.bad(408, "the request did not come in time"));
    }

    private void head(HttpResponse response) {
        int status = response.status().code();
        if (response.decoderResult().isSuccess() && status >= 100 && status < 200 && status != 101) {
            informational = true;
            return;
        }
        ResponseHead read = ResponseReader.read(response, head.isHead());
        if (read == null) {
            fail(Obstacle.GARBAGE);
            return;
        }
        responseBegun = true;
        front.answers();
        response.setProtocolVersion(HttpVersion.HTTP_1_1);
        HttpHeaders headers = response.headers();
        if (head.isHttp10()) {
            headers.remove(HttpHeaderNames.TRANSFER_ENCODING);
            headers.remove(HttpHeaderNames.TRAILER);
        } else if (read.framing() == Framing.CLOSE) {
            headers.set(HttpHeaderNames.TRANSFER_ENCODING, HttpHeaderValues.CHUNKED);
        }
        headers.set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        headers.add(HttpHeaderNames.VIA, VIA);
        front.log(String.valueOf(status));
        client.write(response);
        moved();
    }

    private void content(HttpContent content) {
        if (informational || !responseBegun) {
            informational &= !(content instanceof LastHttpContent);
            content.release();
            return;
        }
        boolean last = content instanceof LastHttpContent;
        if (last) {
            Trailers.clean(((LastHttpContent) content).trailingHeaders());
        }
        client.write(content);
        moved();
        if (last) {
            end();
            front.leave();
        } else if (!client.isWritable() && server != null) {
            server.config().setAutoRead(false);
        }
    }

    private void fail(Obstacle obstacle) {
        if (done) {
            return;
        }
        boolean begun = responseBegun;
        front.outlet().destinations().failed();
        end();
        if (begun) {
            front.abort();
        } else {
            front.answer(obstacle);
        }
    }

    /** Nothing more comes of it. */
    void end() {
        done = true;
        waiting.forEach(HttpContent::release);
        waiting.clear();
        if (server != null) {
            server.close();
        }
    }

    /** What the host answers. */
    private final class Answer extends ChannelInboundHandlerAdapter {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            if (done || !(message instanceof HttpObject part)) {
                ReferenceCountUtil.release(message);
            } else if (part.decoderResult().isFailure()) {
                ReferenceCountUtil.release(message);
                fail(Obstacle.GARBAGE);
            } else if (message instanceof HttpResponse response) {
                head(response);
            } else if (message instanceof HttpContent content) {
                content(content);
            } else {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            client.flush();
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (context.channel().isWritable()) {
                client.config().setAutoRead(true);
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail(Obstacle.BROKEN);
        }

        @Override
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            context.close();
        }
    }
}
