package dev.lintel.extauthz.check;

import com.google.protobuf.ByteString;
import com.google.protobuf.Struct;
import com.google.protobuf.Timestamp;
import com.google.protobuf.Value;
import dev.lintel.embedded.authorizer.CheckedRequest;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import dev.lintel.embedded.authorizer.Party;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.HttpRequest;
import io.envoyproxy.envoy.service.auth.v3.AttributeContext.Peer;
import io.envoyproxy.envoy.service.auth.v3.CheckRequest;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What an authorizer is told, as protobuf, and back. */
final class Requests {
    private Requests() {}

    static CheckRequest write(CheckedRequest request) {
        AttributeContext.Request.Builder told =
                AttributeContext.Request.newBuilder().setHttp(http(request.http()));
        Instant time = request.time();
        if (time != null) {
            told.setTime(
                    Timestamp.newBuilder().setSeconds(time.getEpochSecond()).setNanos(time.getNano()));
        }
        AttributeContext.Builder attributes = AttributeContext.newBuilder()
                .setSource(peer(request.source()))
                .setDestination(peer(request.destination()))
                .setRequest(told)
                .putAllContextExtensions(request.contextExtensions())
                .setMetadataContext(metadata(request.metadata()));
        if (request.routeMetadata() != null) {
            attributes.setRouteMetadataContext(metadata(request.routeMetadata()));
        }
        if (request.sni() != null) {
            attributes.setTlsSession(AttributeContext.TLSSession.newBuilder().setSni(request.sni()));
        }
        return CheckRequest.newBuilder().setAttributes(attributes).build();
    }

    private static Peer peer(Party party) {
        Peer.Builder peer = Peer.newBuilder()
                .setPrincipal(party.principal())
                .setService(party.service())
                .putAllLabels(party.labels())
                .setCertificate(party.certificate());
        if (!party.address().isEmpty()) {
            peer.setAddress(Address.newBuilder()
                    .setSocketAddress(SocketAddress.newBuilder()
                            .setAddress(party.address())
                            .setPortValue(party.port())));
        }
        return peer.build();
    }

    private static HttpRequest http(Http http) {
        HttpRequest.Builder told = HttpRequest.newBuilder()
                .setId(http.id())
                .setMethod(http.method())
                .putAllHeaders(http.headers())
                .setPath(http.path())
                .setHost(http.host())
                .setScheme(http.scheme())
                .setQuery(http.query())
                .setFragment(http.fragment())
                .setProtocol(http.protocol())
                .setSize(http.size())
                .setBody(http.text());
        if (http.bytes() != null) {
            told.setRawBody(ByteString.copyFrom(http.bytes().duplicate()));
        }
        return told.build();
    }

    private static Metadata metadata(Map<String, Object> map) {
        return Metadata.newBuilder()
                .putAllFilterMetadata(fields(map.getOrDefault("filterMetadata", Map.of())))
                .build();
    }

    private static Map<String, Struct> fields(Object map) {
        Map<String, Struct> fields = new LinkedHashMap<>();
        Structs.struct((Map<?, ?>) map).getFieldsMap().forEach((name, value) -> fields.put(name, struct(value)));
        return fields;
    }

    private static Struct struct(Value value) {
        return value.getStructValue();
    }

    static CheckedRequest read(CheckRequest request) {
        AttributeContext attributes = request.getAttributes();
        AttributeContext.Request told = attributes.getRequest();
        HttpRequest http = told.getHttp();
        return new CheckedRequest(
                party(attributes.getSource()),
                party(attributes.getDestination()),
                told.hasTime()
                        ? Instant.ofEpochSecond(
                                told.getTime().getSeconds(), told.getTime().getNanos())
                        : null,
                new Http(
                        http.getId(),
                        http.getMethod(),
                        http.getHeadersMap(),
                        http.getPath(),
                        http.getHost(),
                        http.getScheme(),
                        http.getQuery(),
                        http.getFragment(),
                        http.getProtocol(),
                        http.getSize(),
                        http.getBody(),
                        http.getRawBody().isEmpty() ? null : http.getRawBody().asReadOnlyByteBuffer()),
                attributes.getContextExtensionsMap(),
                map(attributes.getMetadataContext()),
                attributes.hasRouteMetadataContext() ? map(attributes.getRouteMetadataContext()) : null,
                attributes.hasTlsSession() ? attributes.getTlsSession().getSni() : null);
    }

    private static Party party(Peer peer) {
        SocketAddress address = peer.getAddress().getSocketAddress();
        return new Party(
                address.getAddress(),
                address.getPortValue(),
                peer.getPrincipal(),
                peer.getService(),
                peer.getLabelsMap(),
                peer.getCertificate());
    }

    private static Map<String, Object> map(Metadata metadata) {
        if (metadata.getFilterMetadataCount() == 0) {
            return Map.of();
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        metadata.getFilterMetadataMap().forEach((name, struct) -> fields.put(name, Structs.map(struct)));
        return Map.of("filterMetadata", fields);
    }
}
