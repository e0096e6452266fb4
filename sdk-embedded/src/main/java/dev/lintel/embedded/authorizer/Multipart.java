package dev.lintel.embedded.authorizer;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of a form that was sent in parts (RFC 7578). */
final class Multipart {
    private static final Pattern BOUNDARY =
            Pattern.compile(";\\s*boundary=(?:\"([^\"]{1,70})\"|([^;\\s\"]{1,70}))", Pattern.CASE_INSENSITIVE);
    private static final Pattern NAME =
            Pattern.compile("^form-data;(?:.*;)?\\s*name=(?:\"([^\"]*)\"|([^;\\s\"]+))", Pattern.CASE_INSENSITIVE);

    private record Part(String type, String text) {}

    private Multipart() {}

    static void write(JsonGenerator to, String type, String body) throws IOException, MalformedRequest {
        Matcher found = BOUNDARY.matcher(type);
        if (!found.find()) {
            to.writeNull();
            return;
        }
        Map<String, List<Part>> all = read(body, "--" + (found.group(1) == null ? found.group(2) : found.group(1)));
        to.writeStartObject();
        for (Map.Entry<String, List<Part>> entry : all.entrySet()) {
            to.writeArrayFieldStart(entry.getKey());
            for (Part part : entry.getValue()) {
                if (part.type().contains("application/json")) {
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

    private static void part(Map<String, List<Part>> all, String head, String text) {
        String name = "";
        String type = "";
        for (String line : head.split("\r\n")) {
            int colon = line.indexOf(':');
            String field = colon < 0 ? "" : line.substring(0, colon).strip().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).strip();
            Matcher named = NAME.matcher(value);
            if (field.equals("content-disposition") && named.find()) {
                name = named.group(1) == null ? named.group(2) : named.group(1);
            } else if (field.equals("content-type")) {
                type = value;
            }
        }
        if (!name.isEmpty()) {
            all.computeIfAbsent(name, n -> new ArrayList<>(1)).add(new Part(type, text));
        }
    }
}
