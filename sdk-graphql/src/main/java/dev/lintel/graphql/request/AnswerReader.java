package dev.lintel.graphql.request;

import dev.lintel.graphql.model.Answer;
import dev.lintel.graphql.model.Kind;
import dev.lintel.graphql.model.MediaType;
import dev.lintel.graphql.model.Operation;
import dev.lintel.graphql.model.Shape;
import dev.lintel.graphql.model.Use;
import dev.lintel.graphql.upstream.ErrorDetails;
import dev.lintel.graphql.upstream.Json;
import dev.lintel.graphql.upstream.Problems;
import dev.lintel.graphql.upstream.UpstreamAnswer;
import dev.lintel.graphql.upstream.UpstreamCode;
import dev.lintel.graphql.upstream.UpstreamException;
import dev.lintel.graphql.upstream.UpstreamProblem;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Base64;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Reads the answers of one operation. Immutable, for use by many threads. */
public final class AnswerReader {
    private final Answer answer;
    private final Problems problems;
    private final boolean json;
    private final boolean bytes;

    private AnswerReader(Operation operation, Problems problems) {
        this.answer = operation.answer();
        this.problems = problems;
        this.json = MediaType.json(answer.mediaType()) || form(answer.mediaType());
        Use use = answer.use();
        this.bytes = use != null && use.shape() instanceof Shape.Single single && single.kind() == Kind.BYTES;
    }

    private static boolean form(String mediaType) {
        return mediaType.startsWith("multipart/") || mediaType.startsWith("application/x-www-form-urlencoded");
    }

    /**
     * The reader of an operation.
     *
     * @param operation of the model
     * @param details what of a service's own words clients are told
     * @param writer of the same operation, which knows the arguments that a service speaks about
     * @return a reader, to be kept
     */
    public static AnswerReader of(Operation operation, ErrorDetails details, RequestWriter writer) {
        return new AnswerReader(operation, new Problems(details, writer::argument));
    }

    /**
     * The value of an answer.
     *
     * @param received from the service
     * @return JSON as plain values with the service's names, a text, or bytes as base64 text; true if the document
     *     promises no content; null for 202, 204 and 205 without content
     * @throws UpstreamException if the status is not 2xx, or the content is not of the documented type
     */
    public @Nullable Object read(UpstreamAnswer received) throws UpstreamException {
        int status = received.status();
        if (status > 299) {
            throw new UpstreamException(problems.of(received), true, null);
        }
        if (answer.use() == null) {
            return true;
        }
        if (received.body().length == 0) {
            if (status == 202 || status == 204 || status == 205) {
                return null;
            }
            // No bytes are no JSON, but they are a text and a file.
            return empty();
        }
        String said = received.header("content-type");
        String type = said == null ? "" : MediaType.plain(said);
        if (json) {
            return json(type, received.body());
        }
        if (type.contains("html") && !MediaType.plain(answer.mediaType()).contains("html")) {
            throw invalid();
        }
        return bytes
                ? Base64.getEncoder().encodeToString(received.body())
                : new String(received.body(), charset(said == null ? "" : said));
    }

    private String empty() throws UpstreamException {
        if (json) {
            throw invalid();
        }
        return "";
    }

    /** Services that say nothing of the type, or that JSON is text, are understood; others are not guessed at. */
    private static @Nullable Object json(String type, byte[] body) throws UpstreamException {
        if (!type.isEmpty() && !type.equals("text/plain") && !MediaType.json(type)) {
            throw invalid();
        }
        return Json.read(body);
    }

    private static Charset charset(String type) throws UpstreamException {
        int at = type.toLowerCase(Locale.ROOT).indexOf("charset=");
        if (at < 0) {
            return StandardCharsets.UTF_8;
        }
        String rest = type.substring(at + 8).replace("\"", "");
        int end = rest.indexOf(';');
        try {
            return Charset.forName((end < 0 ? rest : rest.substring(0, end)).strip());
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw invalid();
        }
    }

    private static UpstreamException invalid() {
        return new UpstreamException(UpstreamProblem.of(UpstreamCode.UPSTREAM_INVALID), true, null);
    }
}
