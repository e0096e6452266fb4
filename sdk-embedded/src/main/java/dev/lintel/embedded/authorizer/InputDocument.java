package dev.lintel.embedded.authorizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input document of OPA's Envoy plugin: the attributes of a {@code CheckRequest} in the JSON form of protobuf, and what
 * can be read out of its path, query and body.
 *
 * <p>Numbers of 64 bits are text and empty fields are left out, as protobuf's JSON has it. A body of JSON in which a name is
 * given twice is malformed: the policy and the service might take different ones.
 *
 * @see <a href="https://www.openpolicyagent.org/docs/envoy/primer">OPA, Envoy primer</a>
 */
public final class InputDocument {
    static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private InputDocument() {}

    /**
     * Writes it as OPA's data API takes it: <code>{"input": …}</code>.
     *
     * @param request what is told
     * @return UTF-8
     * @throws MalformedRequest if path, query or body cannot be read
     */
    public static byte[] write(CheckedRequest request) throws MalformedRequest {
        ByteArrayOutputStream out = new ByteArrayOutputStream(1024);
        try (JsonGenerator to = JSON.createGenerator(out)) {
            to.writeStartObject();
            to.writeObjectFieldStart("input");
            attributes(to, request);
            parsed(to, request.http());
            if (!request.source().principal().isEmpty()) {
                to.writeStringField("source_principal", request.source().principal());
            }
            to.writeObjectFieldStart("version");
            to.writeStringField("ext_authz", "v3");
            to.writeStringField("encoding", "protojson");
            to.writeEndObject();
            to.writeEndObject();
            to.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static void parsed(JsonGenerator to, Http http) throws IOException, MalformedRequest {
        int question = http.path().indexOf('?');
        String path = question < 0 ? http.path() : http.path().substring(0, question);
        to.writeArrayFieldStart("parsed_path");
        for (String segment : Forms.segments(path)) {
            to.writeString(segment);
        }
        to.writeEndArray();
        to.writeFieldName("parsed_query");
        values(to, Forms.parse(question < 0 ? "" : http.path().substring(question + 1)));
        to.writeFieldName("parsed_body");
        to.writeBooleanField("truncated_body", ParsedBody.write(to, http));
    }

    static void values(JsonGenerator to, Map<String, List<String>> all) throws IOException {
        to.writeStartObject();
        for (Map.Entry<String, List<String>> entry : all.entrySet()) {
            to.writeArrayFieldStart(entry.getKey());
            for (String value : entry.getValue()) {
                to.writeString(value);
            }
            to.writeEndArray();
        }
        to.writeEndObject();
    }

    private static void attributes(JsonGenerator to, CheckedRequest request) throws IOException {
        to.writeObjectFieldStart("attributes");
        party(to, "source", request.source());
        party(to, "destination", request.destination());
        to.writeObjectFieldStart("request");
        if (request.time() != null) {
            to.writeStringField("time", DateTimeFormatter.ISO_INSTANT.format(request.time()));
        }
        http(to, request.http());
        to.writeEndObject();
        texts(to, "contextExtensions", request.contextExtensions());
        value(to, "metadataContext", request.metadata());
        if (request.routeMetadata() != null) {
            value(to, "routeMetadataContext", request.routeMetadata());
        }
        if (request.sni() != null) {
            to.writeObjectFieldStart("tlsSession");
            text(to, "sni", request.sni());
            to.writeEndObject();
        }
        to.writeEndObject();
    }

    private static void party(JsonGenerator to, String name, Party party) throws IOException {
        to.writeObjectFieldStart(name);
        if (!party.address().isEmpty()) {
            to.writeObjectFieldStart("address");
            to.writeObjectFieldStart("socketAddress");
            to.writeStringField("address", party.address());
            to.writeNumberField("portValue", party.port());
            to.writeEndObject();
            to.writeEndObject();
        }
        text(to, "service", party.service());
        if (!party.labels().isEmpty()) {
            texts(to, "labels", party.labels());
        }
        text(to, "principal", party.principal());
        text(to, "certificate", party.certificate());
        to.writeEndObject();
    }

    private static void http(JsonGenerator to, Http http) throws IOException {
        to.writeObjectFieldStart("http");
        text(to, "id", http.id());
        text(to, "method", http.method());
        texts(to, "headers", http.headers());
        text(to, "path", http.path());
        text(to, "host", http.host());
        text(to, "scheme", http.scheme());
        text(to, "query", http.query());
        text(to, "fragment", http.fragment());
        if (http.size() != 0) {
            to.writeStringField("size", Long.toString(http.size()));
        }
        text(to, "protocol", http.protocol());
        text(to, "body", http.text());
        ByteBuffer bytes = http.bytes();
        if (bytes != null && bytes.hasRemaining()) {
            to.writeBinaryField("rawBody", ParsedBody.array(bytes));
        }
        to.writeEndObject();
    }

    private static void text(JsonGenerator to, String name, String value) throws IOException {
        if (!value.isEmpty()) {
            to.writeStringField(name, value);
        }
    }

    private static void texts(JsonGenerator to, String name, Map<String, String> all) throws IOException {
        to.writeObjectFieldStart(name);
        for (Map.Entry<String, String> entry : all.entrySet()) {
            to.writeStringField(entry.getKey(), entry.getValue());
        }
        to.writeEndObject();
    }

    private static void value(JsonGenerator to, String name, Object value) throws IOException {
        to.writeFieldName(name);
        value(to, value);
    }

    private static void value(JsonGenerator to, @Nullable Object value) throws IOException {
        if (value instanceof Map<?, ?> map) {
            to.writeStartObject();
            for (Map.Entry<?, ?> entry : map.entrySet()) {
                to.writeFieldName(String.valueOf(entry.getKey()));
                value(to, entry.getValue());
            }
            to.writeEndObject();
        } else if (value instanceof List<?> list) {
            to.writeStartArray();
            for (Object one : list) {
                value(to, one);
            }
            to.writeEndArray();
        } else if (value instanceof Double number) {
            number(to, number);
        } else if (value instanceof Boolean is) {
            to.writeBoolean(is);
        } else if (value == null) {
            to.writeNull();
        } else {
            to.writeString(String.valueOf(value));
        }
    }

    /** As protobuf's JSON writes a number: whole ones without a fraction. */
    private static void number(JsonGenerator to, double number) throws IOException {
        if (number == Math.rint(number) && Math.abs(number) < 1e15) {
            to.writeNumber((long) number);
        } else {
            to.writeNumber(number);
        }
    }
}
