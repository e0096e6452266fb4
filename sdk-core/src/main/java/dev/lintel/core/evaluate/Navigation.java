package dev.lintel.core.evaluate;

/** Tells browsers that ask for a page from everything else. */
public final class Navigation {
    private Navigation() {}

    /**
     * Whether a browser asks for a page, which can be sent to log in and shown a page; anything else is told in a status. {@code
     * Sec-Fetch-Mode} (Fetch Metadata) says it; where it is missing, {@code Accept} does.
     *
     * @param request the request
     * @return false for calls of scripts and programs, and for other methods than GET and HEAD
     */
    public static boolean isOne(Request request) {
        if (!request.method().equals("GET") && !request.method().equals("HEAD")) {
            return false;
        }
        String mode = request.header("sec-fetch-mode");
        if (mode != null) {
            return mode.equals("navigate");
        }
        String accept = request.header("accept");
        return accept != null && accept.contains("text/html") && request.header("x-requested-with") == null;
    }
}
