package dev.lintel.embedded.authorization.login;

import dev.lintel.embedded.authorization.http.Reply;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What people see of an authorization server. */
public final class Pages {
    private final Page page;

    /**
     * The pages of a server.
     *
     * @param issuer where it is
     */
    public Pages(URI issuer) {
        this.page = new Page(issuer);
    }

    /**
     * Asks who somebody is.
     *
     * @param status 200, or that of the problem
     * @param ticket for the form
     * @param client whose request it is; null if there is none
     * @param user as typed or hinted before; may be empty
     * @param problem what went wrong before; null if nothing did
     * @param onwards where it goes on; null if here
     * @return the page
     */
    public Reply login(
            int status,
            String ticket,
            @Nullable String client,
            String user,
            @Nullable String problem,
            @Nullable URI onwards) {
        Markup main = Markup.of(
                """
                <h1>Log in</h1>
                {}{}<form method="post" action="/login">
                {}<label for="username">User name</label>
                <input id="username" name="username" value="{}" autocomplete="username" autocapitalize="none" \
                spellcheck="false" maxlength="100" required{}{}>
                <label for="password">Password</label>
                <input id="password" name="password" type="password" autocomplete="current-password" \
                maxlength="1000" required{}{}>
                <div class="acts">
                <button name="action" value="login">Log in</button>
                {}</div>
                </form>
                """,
                client == null
                        ? Markup.of("<p class=\"soft\">with your account here.</p>\n")
                        : Markup.of("<p class=\"soft\">to continue to <strong>{}</strong></p>\n", client),
                problem(problem),
                ticket(ticket),
                user,
                user.isEmpty() ? FOCUS : Markup.NOTHING,
                marked(problem),
                user.isEmpty() ? Markup.NOTHING : FOCUS,
                marked(problem),
                client == null
                        ? Markup.NOTHING
                        : Markup.of("<button class=\"other\" name=\"action\" value=\"cancel\" formnovalidate>Cancel"
                                + "</button>\n"));
        return page.reply(status, titled("Log in", problem), main, onwards);
    }

    /**
     * Asks whether a client may have what it asks for.
     *
     * @param ticket for the form
     * @param client who asks
     * @param user who is asked
     * @param permissions for what
     * @param back where the user is sent afterwards
     * @return the page
     */
    public Reply consent(String ticket, String client, String user, List<Permission> permissions, URI back) {
        Markup main = Markup.of(
                """
                <h1>Allow {}?</h1>
                <p>It asks for access to your account <strong>{}</strong>{}</p>
                {}<p class="soft">Either way you are sent back to {}.</p>
                <form method="post" action="/consent">
                {}<div class="acts">
                <button name="action" value="allow">Allow</button>
                <button class="other" name="action" value="deny">Deny</button>
                <button class="link" name="action" value="switch">Use another account</button>
                </div>
                </form>
                """, client, user, permissions.isEmpty() ? "." : ":", list(permissions), shown(back), ticket(ticket));
        return page.reply(200, "Allow " + client + "?", main, back);
    }

    /**
     * Asks for the code that a device shows (RFC 8628, 3.3).
     *
     * @param status 200, or that of the problem
     * @param ticket for the form
     * @param problem what went wrong before; null if nothing did
     * @return the page
     */
    public Reply deviceCode(int status, String ticket, @Nullable String problem) {
        Markup main = Markup.of("""
                <h1>Connect a device</h1>
                <p class="soft">Type the code that the device shows.</p>
                {}<form method="post" action="/device">
                {}<label for="user_code">Code</label>
                <input id="user_code" name="user_code" class="code" autocomplete="off" autocapitalize="characters" \
                spellcheck="false" maxlength="20" required autofocus{}>
                <div class="acts">
                <button>Continue</button>
                </div>
                </form>
                """, problem(problem), ticket(ticket), marked(problem));
        return page.reply(status, titled("Connect a device", problem), main);
    }

    /**
     * Asks whether a device may have what it asks for. Shows its code, so that nobody allows a device of someone else
     * (RFC 8628, 3.3.1 and 5.4).
     *
     * @param ticket for the form
     * @param client which runs on the device
     * @param code which the device shows
     * @param user who is asked
     * @param permissions for what
     * @return the page
     */
    public Reply device(String ticket, String client, String code, String user, List<Permission> permissions) {
        Markup main = Markup.of(
                """
                <h1>Allow {}?</h1>
                <p>A device asks for access to your account <strong>{}</strong>{}</p>
                {}<p>Allow it only if it is yours, and shows this code now:</p>
                <p><strong class="code">{}</strong></p>
                <form method="post" action="/device/decision">
                {}<div class="acts">
                <button name="action" value="allow">Allow</button>
                <button class="other" name="action" value="deny">Deny</button>
                </div>
                </form>
                """, client, user, permissions.isEmpty() ? "." : ":", list(permissions), code, ticket(ticket));
        return page.reply(200, "Allow " + client + "?", main);
    }

    /**
     * Asks whether somebody wants to log out.
     *
     * @param ticket for the form
     * @param user who is logged in
     * @param onwards where they are sent then; null if they stay here
     * @return the page
     */
    public Reply logout(String ticket, String user, @Nullable URI onwards) {
        Markup main = Markup.of("""
                <h1>Log out?</h1>
                <p>You are logged in as <strong>{}</strong>.</p>
                <form method="post" action="/logout/decision">
                {}<div class="acts">
                <button name="action" value="logout">Log out</button>
                <button class="other" name="action" value="stay">Stay logged in</button>
                </div>
                </form>
                """, user, ticket(ticket));
        return page.reply(200, "Log out?", main, onwards);
    }

    /**
     * Says something and asks nothing.
     *
     * @param status of the answer
     * @param title what it is about
     * @param lines what there is to say
     * @return the page
     */
    public Reply message(int status, String title, String... lines) {
        Markup said = Markup.all(List.of(lines).stream()
                .map(line -> Markup.of("<p>{}</p>\n", line))
                .toList());
        return page.reply(status, title, Markup.of("<h1>{}</h1>\n{}", title, said));
    }

    private static final Markup FOCUS = Markup.of(" autofocus");
    private static final Markup MARK = Markup.of(" aria-invalid=\"true\" aria-describedby=\"problem\"");

    private static String titled(String title, @Nullable String problem) {
        return problem == null ? title : "Problem: " + title;
    }

    private static Markup problem(@Nullable String problem) {
        return problem == null
                ? Markup.NOTHING
                : Markup.of("<p class=\"problem\" id=\"problem\" role=\"alert\">{}</p>\n", problem);
    }

    private static Markup marked(@Nullable String problem) {
        return problem == null ? Markup.NOTHING : MARK;
    }

    private static Markup ticket(String ticket) {
        return Markup.of("<input type=\"hidden\" name=\"ticket\" value=\"{}\">\n", ticket);
    }

    private static Markup list(List<Permission> permissions) {
        return permissions.isEmpty()
                ? Markup.NOTHING
                : Markup.of(
                        "<ul>\n{}</ul>\n",
                        Markup.all(permissions.stream().map(Permission::item).toList()));
    }

    private static String shown(URI back) {
        return back.getRawAuthority() == null ? "the app (" + back.getScheme() + ")" : back.getRawAuthority();
    }
}
