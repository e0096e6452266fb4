package dev.lintel.graphql.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.lintel.core.front.FrontAnswer;
import dev.lintel.graphql.execute.GraphAnswer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Writes what is answered: status by media type (GraphQL over HTTP, Status Codes), and headers. */
final class Answers {
    /** As a status of {@link Refused}: a request that is well-formed, of which nothing is executed. */
    static final int AS_NOT_EXECUTED = 0;

    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    /** Executed, but not without errors: what the specification asks for beside its own media type only. */
    private static final int PARTIAL = 294;

    private static final JsonMapper JSON = new JsonMapper();

    private Answers() {}

    static FrontAnswer of(GraphAnswer answer, MediaType as) {
        int status = status(answer, as);
        Map<String, String> headers = headers(as);
        if (status == 401) {
            headers.put("www-authenticate", "Bearer");
        }
        return FrontAnswer.of(status, headers, answer.json());
    }

    /** Answers of several operations, as a list. */
    static FrontAnswer list(List<byte[]> answers, MediaType as) {
        int length = 1;
        for (byte[] answer : answers) {
            length += answer.length + 1;
        }
        byte[] all = new byte[length];
        int at = 0;
        all[at++] = '[';
        for (byte[] answer : answers) {
            System.arraycopy(answer, 0, all, at, answer.length);
            at += answer.length;
            all[at++] = ',';
        }
        all[at - 1] = ']';
        return FrontAnswer.of(OK, headers(as), all);
    }

    private static int status(GraphAnswer answer, MediaType as) {
        if (as == MediaType.JSON) {
            return OK;
        }
        if (answer.executed()) {
            return answer.codes().isEmpty() ? OK : PARTIAL;
        }
        for (String code : answer.codes()) {
            switch (code) {
                case "UNAUTHENTICATED" -> {
                    return 401;
                }
                case "FORBIDDEN" -> {
                    return 403;
                }
                case "INTERNAL" -> {
                    return 500;
                }
                default -> {
                    // Anything else is the client's to mend.
                }
            }
        }
        // Not 422, which the first edition asks for where a document is no GraphQL of this schema: its public audits
        // ask for 400.
        return BAD_REQUEST;
    }

    static FrontAnswer refused(Refused refused, MediaType as, Map<String, String> more) {
        int status = refused.status();
        if (status == AS_NOT_EXECUTED) {
            status = as == MediaType.JSON ? OK : BAD_REQUEST;
        }
        Map<String, String> headers = headers(as == MediaType.EVENTS ? MediaType.JSON : as);
        headers.putAll(more);
        return FrontAnswer.of(status, headers, error(refused));
    }

    /** A response with one error, and without data. */
    static byte[] error(Refused refused) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("message", refused.text());
        error.put("extensions", Map.of("code", refused.code()));
        try {
            return JSON.writeValueAsBytes(Map.of("errors", List.of(error)));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What an answer says about itself: it is for who asked alone, and another one for who accepts something else. */
    static Map<String, String> headers(MediaType as) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", as.contentType());
        headers.put("cache-control", "no-store");
        headers.put("vary", "accept");
        headers.put("x-content-type-options", "nosniff");
        return headers;
    }
}
