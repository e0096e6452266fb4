package dev.lintel.embedded.login;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The small pages that browsers get instead of a problem document: without a script, and without anything from inside. */
public final class LoginPages {
    private static final String SHEET = ":root{color-scheme:light dark}"
            + "body{margin:0;min-height:100vh;display:flex;align-items:center;justify-content:center;"
            + "font:1rem/1.5 system-ui,\"DejaVu Sans\",sans-serif;background:#f2f4f7;color:#1b2430}"
            + "main{max-width:26rem;margin:1rem;padding:2rem;background:#fff;border:1px solid #dde2e9;border-radius:.75rem}"
            + "h1{margin:0 0 .5rem;font-size:1.5rem;line-height:1.25}p{margin:0 0 1rem}a{color:#1d4f91}"
            + "button{padding:.625rem 1rem;font:inherit;font-weight:600;border-radius:.5rem;border:1px solid #1d4f91;"
            + "background:#1d4f91;color:#fff}"
            + "@media (prefers-color-scheme:dark){body{background:#12161c;color:#eef1f5}"
            + "main{background:#1c222b;border-color:#333c49}a{color:#9cc3ff}}";

    /** What browsers may do with these pages. The form's answer leads to the provider, so its target is not limited. */
    static final String POLICY =
            "default-src 'none'; style-src 'sha256-" + hash() + "'; base-uri 'none'; frame-ancestors 'none'";

    private LoginPages() {}

    private static String page(String title, String main) {
        return "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                + "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n<title>" + title
                + "</title>\n<style>" + SHEET + "</style>\n</head>\n<body>\n<main>\n<h1>" + title + "</h1>\n" + main
                + "\n</main>\n</body>\n</html>\n";
    }

    /**
     * The page of a refusal.
     *
     * @param status 401, 403 or another
     * @param signOut where the user can log out, to come back as somebody else
     * @return says nothing of why
     */
    public static LoginAnswer refused(int status, String signOut) {
        return switch (status) {
            case 403 ->
                LoginAnswer.page(
                        403,
                        page(
                                "No access",
                                "<p>You are logged in, but you may not open this page.</p>\n<p><a href=\"/\">Go to the start"
                                        + " page</a> or <a href=\"" + signOut + "\">log out</a>.</p>"));
            case 404 -> LoginAnswer.page(404, page("Not found", "<p>There is nothing here.</p>"));
            default -> LoginAnswer.page(status, page("This did not work", "<p>Try again in a moment.</p>"));
        };
    }

    /** An answer of the provider that is not believed, or that came too late. */
    static LoginAnswer lost(String start) {
        return LoginAnswer.page(
                400,
                page(
                        "This login cannot be finished",
                        "<p>It was finished already, took too long, was begun in another browser, or this browser did not send our cookie back.</p>\n<p><a href=\""
                                + start + "\">Log in again</a></p>"));
    }

    static LoginAnswer declined(String start) {
        return LoginAnswer.page(
                403,
                page(
                        "You are not logged in",
                        "<p>The login was declined.</p>\n<p><a href=\"" + start + "\">Log in again</a></p>"));
    }

    static LoginAnswer unavailable() {
        return LoginAnswer.page(
                        503, page("The login is not available", "<p>Nobody can log in now. Try again in a moment.</p>"))
                .header("Retry-After", "5");
    }

    static LoginAnswer tooLarge() {
        return LoginAnswer.page(
                502,
                page(
                        "This login cannot be kept",
                        "<p>What the provider says about you has no room in cookies. Tell those who run this page.</p>"));
    }

    static LoginAnswer question(String action) {
        return LoginAnswer.page(
                200,
                page("Log out?", "<form method=\"post\" action=\"" + action + "\"><button>Log out</button></form>"));
    }

    static LoginAnswer foreign() {
        return LoginAnswer.page(403, page("Not from here", "<p>Another site wanted to log you out.</p>"));
    }

    private static String hash() {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(SHEET.getBytes(StandardCharsets.UTF_8));
            return Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
