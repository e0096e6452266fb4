package dev.lintel.graphql.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.lintel.graphql.upstream.Content;
import dev.lintel.graphql.upstream.Upload;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Bodies of parts, and files in them. */
class MultipartTest {
    private static final String DOCUMENT = """
            openapi: 3.0.3
            paths:
              /b:
                post:
                  operationId: post
                  requestBody:
                    content:
                      multipart/form-data:
                        schema:
                          type: object
                          properties:
                            name: {type: string}
                            tags: {type: array, items: {type: string}}
                            meta: {}
                            csv: {type: array, items: {type: string}}
                            photo: {type: string, format: binary}
                            files: {type: array, items: {type: string, format: binary}}
                        encoding:
                          csv: {style: form, explode: false}
                          photo: {contentType: 'image/png, image/jpeg'}
                          name: {contentType: text/plain}
                  responses: {'200': {description: fine}}
              /o:
                post:
                  operationId: octets
                  requestBody: {content: {application/octet-stream: {}}}
                  responses: {'200': {description: fine}}
            """;

    @Test
    void partsAreWrittenByTypesAndEncodings() throws IOException {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("name", "Zoë\r\n--BOUND");
        value.put("tags", List.of("a", "b"));
        value.put("meta", Map.of("a", 1));
        value.put("csv", List.of("x", "y"));
        value.put("photo", "AAEC");

        assertThat(sent(value)).isEqualTo("""
                multipart/form-data; boundary=BOUND
                --BOUND
                Content-Disposition: form-data; name="name"
                Content-Type: text/plain

                Zoë
                --BOUND
                --BOUND
                Content-Disposition: form-data; name="tags"

                a
                --BOUND
                Content-Disposition: form-data; name="tags"

                b
                --BOUND
                Content-Disposition: form-data; name="meta"
                Content-Type: application/json

                {"a":1}
                --BOUND
                Content-Disposition: form-data; name="csv"

                x,y
                --BOUND
                Content-Disposition: form-data; name="photo"; filename="photo"
                Content-Type: image/png

                \0\1\2
                --BOUND--
                """.replace("\n", "\r\n"));
    }

    @Test
    void filesAreReadWhileTheyAreSent() throws IOException {
        int[] opened = new int[1];
        Content.Source source = () -> {
            opened[0]++;
            return bytes("12345");
        };
        Map<String, Object> value = new LinkedHashMap<>();
        value.put(
                "files",
                List.of(new Upload("a\"\r\nb.txt", "text/x-a; q=1", 5, source), new Upload("", "", 5, source)));
        value.put("photo", new Upload("p.gif", "image/gif", 5, source));

        Content content =
                written().write(Map.of("input", value), Duration.ofSeconds(1)).body();

        assertThat(opened[0]).isZero();
        assertThat(content).isInstanceOf(Content.Stream.class);
        String text = read((Content.Stream) content);
        assertThat(opened[0]).isEqualTo(3);
        assertThat(((Content.Stream) content).length()).isEqualTo(text.length());
        assertThat(text).isEqualTo("""
                --BOUND
                Content-Disposition: form-data; name="files"; filename="a%22%0D%0Ab.txt"
                Content-Type: text/x-a

                12345
                --BOUND
                Content-Disposition: form-data; name="files"; filename="files"
                Content-Type: application/octet-stream

                12345
                --BOUND
                Content-Disposition: form-data; name="photo"; filename="p.gif"
                Content-Type: image/png

                12345
                --BOUND--
                """.replace("\n", "\r\n"));
    }

    @Test
    void aFileThatIsCutOffOrTooLongIsAnError() {
        assertThatThrownBy(() -> read(upload(6)))
                .isInstanceOf(EOFException.class)
                .hasMessage("a file has fewer bytes than were said");
        assertThatThrownBy(() -> read(upload(4)))
                .isInstanceOf(IOException.class)
                .hasMessage("a file has more bytes than were said");
    }

    @Test
    void aFileOfUnknownLengthMakesAnUnknownLength() throws IOException {
        assertThat(upload(-1).length()).isEqualTo(-1);
        assertThat(read(upload(-1))).contains("\r\n\r\n12345\r\n--BOUND--\r\n");
    }

    @Test
    void aTypeThatIsNoneIsRefused() {
        Upload upload = new Upload("a", "text/\r\nEvil: x", 0, () -> bytes(""));

        assertThatThrownBy(() -> sent(Map.of("files", List.of(upload))))
                .hasMessage("argument 'input.files' is a file of no known type");
    }

    @Test
    void aFileIsABodyByItself() throws IOException {
        Written written = Written.of(DOCUMENT);
        Upload upload = new Upload("a.png", "image/png", 5, () -> bytes("12345"));

        Content content = written.write("POST /o", Map.of("input", upload)).body();

        assertThat(content).isInstanceOf(Content.Stream.class);
        assertThat(content.mediaType()).isEqualTo("image/png");
        assertThat(read((Content.Stream) content)).isEqualTo("12345");
    }

    @Test
    void aFileComesByAVariable() throws IOException {
        Upload upload = new Upload("a.png", "image/png", 5, () -> bytes("12345"));

        Content content = new Asked(DOCUMENT)
                .ask("mutation($f: Bytes!) { post(input: {name: \"n\", files: [$f]}) }", Map.of("f", upload))
                .body();

        assertThat(content).isInstanceOf(Content.Stream.class);
        assertThat(read((Content.Stream) content)).contains("\r\n\r\nn\r\n").contains("\r\n\r\n12345\r\n");
    }

    private static Content.Stream upload(long length) {
        Upload upload = new Upload("a", "", length, () -> bytes("12345"));
        return (Content.Stream) written()
                .write(Map.of("input", Map.of("files", List.of(upload))), Duration.ofSeconds(1))
                .body();
    }

    private static RequestWriter written() {
        Written written = Written.of(DOCUMENT);
        return new RequestWriter(written.operation("POST /b"), written.model(), written.names(), () -> "BOUND");
    }

    private static String sent(Map<String, ?> value) throws IOException {
        Content content =
                written().write(Map.of("input", value), Duration.ofSeconds(1)).body();
        Content.Bytes bytes = (Content.Bytes) content;
        return bytes.mediaType() + "\r\n" + new String(bytes.bytes(), StandardCharsets.UTF_8);
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    private static String read(Content.Stream stream) throws IOException {
        try (InputStream in = stream.source().open()) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
