package dev.lintel.auth.oauth;

import java.nio.charset.StandardCharsets;

/** What the browser shows at the end of a login: plain HTML, nothing loaded from anywhere, readable by every reader. */
enum LoopbackPage {
    DONE("200 OK", "You are logged in", "You can close this page and go back to the program."),
    FAILED("200 OK", "The login did not work", "Go back to the program: it says why."),
    BAD("400 Bad Request", "This does not belong to a login", "Go back to the program and begin again."),
    NOT_FOUND("404 Not Found", "There is nothing here", "Go back to the program and begin again.");

    private final String status;
    private final String title;
    private final String text;

    LoopbackPage(String status, String title, String text) {
        this.status = status;
        this.title = title;
        this.text = text;
    }

    byte[] bytes() {
        String html = """
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width, initial-scale=1">
                <title>%s</title>
                <style>
                :root { color-scheme: light dark; }
                body { font: 1.125rem/1.5 system-ui, sans-serif; margin: 3rem auto; max-width: 32rem; padding: 0 1rem; }
                </style>
                </head>
                <body>
                <main>
                <h1>%s</h1>
                <p role="status">%s</p>
                </main>
                </body>
                </html>
                """.formatted(title, title, text);
        String head = """
                HTTP/1.1 %s\r
                Content-Type: text/html; charset=utf-8\r
                Content-Length: %d\r
                Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r
                Referrer-Policy: no-referrer\r
                X-Content-Type-Options: nosniff\r
                Cache-Control: no-store\r
                Connection: close\r
                \r
                """.formatted(status, html.getBytes(StandardCharsets.UTF_8).length);
        return (head + html).getBytes(StandardCharsets.UTF_8);
    }
}
