package dev.lintel.extauthz.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.util.JsonFormat;
import dev.lintel.embedded.authorizer.InputDocument;
import dev.lintel.embedded.authorizer.MalformedRequest;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The input document is what protobuf's own JSON makes of a question, with what was read out of it. */
class RequestsTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static CheckRequest random(Random by) {
        HttpRequest.Builder http = HttpRequest.newBuilder()
                .setId(text(by))
                .setMethod(by.nextBoolean() ? "GET" : "POST")
                .setPath("/a/" + by.nextInt(9) + (by.nextBoolean() ? "?q=" + by.nextInt(9) : ""))
                .setHost(text(by))
                .setScheme(by.nextBoolean() ? "https" : "")
                .setProtocol("HTTP/" + by.nextInt(3))
                .setSize(by.nextInt(5) - 1L)
                .setQuery(text(by))
                .setFragment(text(by))
                .putHeaders(":path", text(by))
                .putHeaders("x-a", text(by));
        if (by.nextBoolean()) {
            http.setBody(text(by));
        } else {
            http.setRawBody(ByteString.copyFromUtf8(text(by)));
        }
        AttributeContext.Request.Builder request =
                AttributeContext.Request.newBuilder().setHttp(http);
        if (by.nextBoolean()) {
            request.setTime(
                    Timestamp.newBuilder().setSeconds(by.nextInt(2_000_000_000)).setNanos(nanos(by)));
        }
        AttributeContext.Builder attributes = AttributeContext.newBuilder()
                .setSource(peer(by))
                .setDestination(peer(by))
                .setRequest(request)
                .setMetadataContext(metadata(by));
        if (by.nextBoolean()) {
            attributes.putContextExtensions("e", text(by)).setRouteMetadataContext(metadata(by));
        }
        if (by.nextBoolean()) {
            attributes.setTlsSession(AttributeContext.TLSSession.newBuilder().setSni(text(by)));
        }
        return CheckRequest.newBuilder().setAttributes(attributes).build();
    }

    private static int nanos(Random by) {
        return List.of(0, 5_000_000, 123_000, 7).get(by.nextInt(4));
    }

    private static Peer peer(Random by) {
        Peer.Builder peer = Peer.newBuilder()
                .setPrincipal(by.nextBoolean() ? "" : "spiffe://cluster.local/ns/shop/sa/" + by.nextInt(9))
                .setService(text(by))
                .setCertificate(text(by));
        if (by.nextBoolean()) {
            peer.putLabels("app", text(by));
        }
        return peer.setAddress(Address.newBuilder()
                        .setSocketAddress(SocketAddress.newBuilder()
                                .setAddress("10.0.0." + by.nextInt(9))
                                .setPortValue(1 + by.nextInt(9))))
                .build();
    }

    private static Metadata metadata(Random by) {
        Metadata.Builder metadata = Metadata.newBuilder();
        if (by.nextBoolean()) {
            Struct struct = Structs.struct(Map.of(
                    "n",
                    by.nextInt(99),
                    "half",
                    0.5,
                    "t",
                    text(by),
                    "b",
                    by.nextBoolean(),
                    "l",
                    List.of(1, "x"),
                    "o",
                    Map.of()));
            metadata.putFilterMetadata("envoy.filters.http.jwt_authn", struct);
        }
        return metadata.build();
    }

    private static String text(Random by) {
        return by.nextInt(3) == 0 ? "" : "\u00e4\"\\\n<" + by.nextInt(99);
    }

    @Test
    void attributesAreWhatProtobufMakesOfThem() throws Exception {
        for (int seed = 0; seed < 500; seed++) {
            CheckRequest request = random(new Random(seed));

            JsonNode input =
                    JSON.readTree(InputDocument.write(Requests.read(request))).path("input");
            ObjectNode expected =
                    (ObjectNode) JSON.readTree(JsonFormat.printer().print(request));
            ObjectNode attributes = (ObjectNode) expected.path("attributes");
            if (!attributes.has("contextExtensions")) {
                attributes.putObject("contextExtensions");
            }
            // Java's printer writes 1.0 where Go's, which the plugin has, writes 1.
            assertThat(attributes.equals(RequestsTest::compare, input.path("attributes")))
                    .as("seed %d: %s instead of %s", seed, input.path("attributes"), attributes)
                    .isTrue();
        }
    }

    private static int compare(JsonNode one, JsonNode other) {
        if (one.isNumber() && other.isNumber()) {
            return one.decimalValue().compareTo(other.decimalValue());
        }
        return one.equals(other) ? 0 : 1;
    }

    @Test
    void whatAGatewayTellsArrivesAsItWasTold() {
        for (int seed = 0; seed < 500; seed++) {
            CheckRequest request = random(new Random(seed));

            assertThat(Requests.write(Requests.read(request)))
                    .as("seed " + seed)
                    .isEqualTo(request);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/a%zz",
                "/a?b=%",
                "/a?b=1;c=2",
            })
    void aPathThatCannotBeReadIsMalformed(String path) {
        CheckRequest request = CheckRequest.newBuilder()
                .setAttributes(AttributeContext.newBuilder()
                        .setRequest(AttributeContext.Request.newBuilder()
                                .setHttp(HttpRequest.newBuilder().setPath(path))))
                .build();

        assertThat(catchThrowable(() -> InputDocument.write(Requests.read(request))))
                .isInstanceOf(MalformedRequest.class);
    }
}
