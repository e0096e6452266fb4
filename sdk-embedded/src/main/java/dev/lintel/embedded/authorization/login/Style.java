package dev.lintel.embedded.authorization.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** How the pages look: one small style sheet inside each page, in light and dark, named in the policy by its hash. */
final class Style {
    /** Contrast of texts is at least 7:1, of the edges of fields at least 3:1 (WCAG 2.2, 1.4.6 and 1.4.11). */
    private static final String SHEET = """
            :root{color-scheme:light dark;--ground:#f2f4f7;--card:#fff;--text:#1b2430;--soft:#475263;--edge:#7b8798;\
            --line:#dde2e9;--act:#1d4f91;--on-act:#fff;--bad:#9b1c1c;--bad-ground:#fdecec}
            @media (prefers-color-scheme:dark){:root{--ground:#12161c;--card:#1c222b;--text:#eef1f5;--soft:#b6c0ce;\
            --edge:#7f8b9d;--line:#333c49;--act:#9cc3ff;--on-act:#0d1a2b;--bad:#ffb4ab;--bad-ground:#3a1f1f}}
            *{box-sizing:border-box}
            body{margin:0;min-height:100vh;display:flex;flex-direction:column;align-items:center;justify-content:center;\
            padding:1.5rem 1rem;background:var(--ground);color:var(--text);\
            font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
            main{width:100%;max-width:26rem;padding:2rem;background:var(--card);border:1px solid var(--line);\
            border-radius:.75rem;box-shadow:0 1px 2px rgba(0,0,0,.06),0 8px 24px rgba(0,0,0,.06)}
            h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25;overflow-wrap:anywhere}
            p{margin:0 0 1rem;overflow-wrap:anywhere}
            p.soft,footer{color:var(--soft)}
            strong{font-weight:600}
            label{display:block;margin:1rem 0 .25rem;font-weight:600}
            input{display:block;width:100%;padding:.625rem .75rem;font:inherit;color:inherit;background:var(--card);\
            border:1px solid var(--edge);border-radius:.5rem}
            input.code,strong.code{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace;letter-spacing:.1em}
            input.code{font-size:1.375rem;text-align:center;text-transform:uppercase}
            strong.code{display:block;padding:.75rem;font-size:1.5rem;text-align:center;border:1px solid var(--line);\
            border-radius:.5rem}
            input[aria-invalid=true]{border-color:var(--bad);border-width:2px}
            .problem{padding:.75rem 1rem;color:var(--bad);background:var(--bad-ground);border-radius:.5rem}
            ul{margin:0 0 1rem;padding:0;list-style:none;border:1px solid var(--line);border-radius:.5rem}
            li{padding:.625rem .875rem;overflow-wrap:anywhere}
            li+li{border-top:1px solid var(--line)}
            li code{display:block;font-size:.8125rem;color:var(--soft)}
            code{font-family:ui-monospace,"DejaVu Sans Mono",Menlo,Consolas,monospace}
            .acts{display:flex;flex-wrap:wrap;gap:.75rem;margin-top:1.5rem}
            button{flex:1 1 8rem;padding:.625rem 1rem;font:inherit;font-weight:600;cursor:pointer;border-radius:.5rem;\
            border:1px solid var(--act);background:var(--act);color:var(--on-act)}
            button.other{background:transparent;color:var(--act)}
            button.link{flex:1 1 100%;padding:.25rem;border:0;background:transparent;color:var(--act);\
            font-weight:400;text-decoration:underline}
            :focus-visible{outline:3px solid var(--act);outline-offset:2px}
            footer{margin-top:1.25rem;font-size:.875rem;overflow-wrap:anywhere}
            @media (max-width:24rem){main{padding:1.25rem}}
            """;

    private Style() {}

    /** The element that goes into the head of a page. */
    static final Markup ELEMENT = Markup.of("<style>" + SHEET + "</style>");

    /** What names it in a Content-Security-Policy (CSP 3, 2.3.1). */
    static final String SOURCE = "'sha256-" + hash() + "'";

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SHEET.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
