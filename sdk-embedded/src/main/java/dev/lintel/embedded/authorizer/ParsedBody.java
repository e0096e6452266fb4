package dev.lintel.embedded.authorizer;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.lintel.embedded.authorizer.CheckedRequest.Http;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What can be read out of a body: JSON, or the fields of a form. */
final class ParsedBody {
    private ParsedBody() {}

    /**
     * Writes the value of {@code parsed_body}: null where the body is no such thing, is empty or is not whole.
     *
     * @return whether it is not whole
     */
    static boolean write(JsonGenerator to, Http http) throws IOException, MalformedRequest {
        String type = http.headers().getOrDefault("content-type", "");
        String text = text(http);
        MediaType media = MediaType.of(type);
        boolean json = media.isJson();
        boolean form = media.is("application/x-www-form-urlencoded");
        boolean multipart = media.is("multipart/form-data");
        boolean partial = "true".equals(http.headers().get(Http.PARTIAL));
        boolean known = !text.isEmpty() && (json || form || multipart);
        if (partial || known && isCut(http)) {
            to.writeNull();
            return true;
        }
        if (!text.isEmpty()) {
            refuseAmbiguous(media, known, http);
        }
        if (!known) {
            to.writeNull();
        } else if (json) {
            copy(to, text);
        } else if (form) {
            InputDocument.values(to, Forms.parse(text));
        } else {
            Multipart.write(to, media, text);
        }
        return false;
    }

    /** What the policy cannot read, or might read otherwise than the service, is not shown as if it could. */
    private static void refuseAmbiguous(MediaType media, boolean known, Http http) throws MalformedRequest {
        if (media.isList()) {
            throw new MalformedRequest("there must be one Content-Type");
        }
        String coding = http.headers().getOrDefault("content-encoding", "identity");
        if (known && !coding.equalsIgnoreCase("identity")) {
            throw new MalformedRequest("a body that is encoded cannot be read");
        }
    }

    private static boolean isCut(Http http) throws MalformedRequest {
        String length = http.headers().get("content-length");
        ByteBuffer bytes = http.bytes();
        long shown = bytes != null && http.text().isEmpty()
                ? bytes.remaining()
                : http.text().getBytes(StandardCharsets.UTF_8).length;
        try {
            return length != null && Long.parseLong(length) > shown;
        } catch (NumberFormatException e) {
            throw new MalformedRequest("Content-Length must be a number");
        }
    }

    private static String text(Http http) {
        ByteBuffer bytes = http.bytes();
        return http.text().isEmpty() && bytes != null
                ? StandardCharsets.UTF_8.decode(bytes.duplicate()).toString()
                : http.text();
    }

    static byte[] array(ByteBuffer bytes) {
        byte[] array = new byte[bytes.remaining()];
        bytes.duplicate().get(array);
        return array;
    }

    /** Numbers are copied as they stand: a policy must see the one that the service sees. */
    static void copy(JsonGenerator to, String json) throws IOException, MalformedRequest {
        try (JsonParser from = InputDocument.JSON.createParser(json)) {
            if (from.nextToken() == null) {
                throw new MalformedRequest("the body is not JSON");
            }
            to.copyCurrentStructureExact(from);
            if (from.nextToken() != null) {
                throw new MalformedRequest("there is more than one value of JSON in the body");
            }
        } catch (JsonProcessingException e) {
            throw new MalformedRequest("the body is not JSON");
        }
    }
}
