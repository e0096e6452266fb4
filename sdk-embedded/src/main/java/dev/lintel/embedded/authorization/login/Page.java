package dev.lintel.embedded.authorization.login;

import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The frame of all pages, and the header fields that keep them from being framed, scripted, stored or told of. */
public final class Page {
    private final String host;

    /**
     * Pages of a server.
     *
     * @param issuer where it is; each page says so at its end
     */
    public Page(URI issuer) {
        this.host = issuer.getRawAuthority();
    }

    /** A page that sends nobody away. */
    Reply reply(int status, String title, Markup main) {
        return reply(status, title, main, null);
    }

    /**
     * A page.
     *
     * @param status of the answer
     * @param title of the window
     * @param main what it says
     * @param onwards where its form may lead in the end; null if it stays here
     */
    Reply reply(int status, String title, Markup main, @Nullable URI onwards) {
        Markup html = Markup.of("""
                <!DOCTYPE html>
                <html lang="en">
                <head>
                <meta charset="utf-8">
                <meta name="viewport" content="width=device-width,initial-scale=1">
                <title>{}</title>
                {}
                </head>
                <body>
                <main>
                {}</main>
                <footer>{}</footer>
                </body>
                </html>
                """, title, Style.ELEMENT, main, host);
        return guarded(Reply.html(status, html.toString())).header("Content-Security-Policy", policy(onwards));
    }

    /**
     * The header fields that each answer to a browser has, whether it is a page or sends it on.
     *
     * @param reply an answer
     * @return the same with them
     */
    public static Reply guarded(Reply reply) {
        return reply.header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("X-Content-Type-Options", "nosniff")
                .header("X-Frame-Options", "DENY");
    }

    /**
     * Browsers hold redirects after a form against {@code form-action}, also those that the client's site makes next; so
     * the scheme of where the form leads is allowed, and not only its host.
     */
    private static String policy(@Nullable URI onwards) {
        return "default-src 'none'; style-src " + Style.SOURCE + "; base-uri 'none'; frame-ancestors 'none';"
                + " form-action 'self'" + (onwards == null ? "" : " " + onwards.getScheme() + ":");
    }
}
