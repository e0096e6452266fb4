package dev.lintel.embedded.authorizer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The fields of a form that was sent in parts (RFC 7578). */
final class Multipart {
    private static final int LONGEST_BOUNDARY = 70;

    private record Part(MediaType type, String text) {}

    private Multipart() {}

    static void write(JsonGenerator to, MediaType type, String body) throws IOException, MalformedRequest {
        String boundary = type.parameters().getOrDefault("boundary", "");
        if (boundary.isBlank() || boundary.length() > LONGEST_BOUNDARY) {
            throw new MalformedRequest("a form in parts must say its boundary");
        }
        Map<String, List<Part>> all = read(body, "--" + boundary);
        to.writeStartObject();
        for (Map.Entry<String, List<Part>> entry : all.entrySet()) {
            to.writeArrayFieldStart(entry.getKey());
            for (Part part : entry.getValue()) {
                if (part.type().isJson()) {
                    ParsedBody.copy(to, part.text());
                } else {
                    to.writeString(part.text());
                }
            }
            to.writeEndArray();
        }
        to.writeEndObject();
    }

    private static Map<String, List<Part>> read(String body, String delimiter) throws MalformedRequest {
        Map<String, List<Part>> all = new LinkedHashMap<>();
        String text = "\r\n" + body;
        String between = "\r\n" + delimiter;
        int at = text.indexOf(between);
        while (at >= 0 && !text.startsWith("--", at + between.length())) {
            int start = at + between.length();
            int end = text.indexOf(between, start);
            int head = text.indexOf("\r\n\r\n", start);
            if (end < 0 || head < 0 || head >= end || !text.startsWith("\r\n", start)) {
                throw new MalformedRequest("the parts of the form are not valid");
            }
            part(all, text.substring(Math.min(start + 2, head), head), text.substring(head + 4, end));
            at = end;
        }
        if (at < 0) {
            throw new MalformedRequest("the form has no end");
        }
        return all;
    }

    /**
     * Names what a part says of itself. A part without a name, a field that is said twice, or one that goes on in the next line
     * is read by some and passed over by others.
     */
    private static void part(Map<String, List<Part>> all, String head, String text) throws MalformedRequest {
        Map<String, String> fields = new LinkedHashMap<>();
        for (String line : head.split("\r\n", -1)) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).toLowerCase(Locale.ROOT);
            boolean plain = field.chars().allMatch(c -> c > ' ' && c < 0x7f)
                    && line.indexOf('\n') < 0
                    && line.indexOf('\r') < 0;
            if (field.isEmpty()
                    || !plain
                    || fields.put(field, line.substring(colon + 1).strip()) != null) {
                throw new MalformedRequest("the fields of a part are not valid");
            }
        }
        MediaType disposition = MediaType.of(fields.getOrDefault("content-disposition", ""));
        Map<String, String> parameters = disposition.parameters();
        String name = parameters.getOrDefault("name", "");
        if (!disposition.is("form-data") || name.isEmpty() || parameters.containsKey("name*")) {
            throw new MalformedRequest("a part of a form must have one name");
        }
        MediaType type = MediaType.of(fields.getOrDefault("content-type", ""));
        all.computeIfAbsent(name, n -> new ArrayList<>(1)).add(new Part(type, text));
    }
}
