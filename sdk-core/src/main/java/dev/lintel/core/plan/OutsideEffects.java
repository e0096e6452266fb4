package dev.lintel.core.plan;

import dev.lintel.core.Durations;
import dev.lintel.core.Origin;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.Entry;
import dev.lintel.core.model.LoginRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What changes about whom a gateway asks besides the model: the external authorizer, and the login. What they would say
 * cannot be known, so that whatever might let somebody through who was refused counts as widening.
 */
final class OutsideEffects {
    private final ApiModel before;
    private final ApiModel now;
    private final AccessEffects access;
    private final List<Effect> effects = new ArrayList<>();

    OutsideEffects(ApiModel before, ApiModel now, AccessEffects access) {
        this.before = before;
        this.now = now;
        this.access = access;
    }

    static boolean differ(Entry before, Entry now) {
        return !Objects.equals(before.authorizer(), now.authorizer()) || !Objects.equals(before.login(), now.login());
    }

    List<Effect> effects() {
        if (!Objects.equals(before.entry().authorizer(), now.entry().authorizer())) {
            authorizer(before.entry().authorizer(), now.entry().authorizer());
        }
        if (!Objects.equals(before.entry().login(), now.entry().login())) {
            login(before.entry().login(), now.entry().login());
        }
        return effects;
    }

    private void authorizer(@Nullable AuthorizerRule was, @Nullable AuthorizerRule is) {
        if (is == null) {
            if (was != null) {
                tell("no longer asks " + was.describe(), anybody(), now.origin());
            }
            return;
        }
        if (was == null) {
            effects.add(
                    new Effect("newly asks " + is.describe() + " about every request that enters", false, is.origin()));
            return;
        }
        if (!was.describe().equals(is.describe())) {
            tell("asks " + is.describe() + " (was: " + was.describe() + ")", anybody(), is.origin());
        }
        if (is.failOpen() != was.failOpen()) {
            tell(
                    is.failOpen()
                            ? "requests go on where the authorizer gives no answer"
                            : "requests are refused where the authorizer gives no answer",
                    is.failOpen() && anybody(),
                    is.origin());
        }
        if (!Objects.equals(was.body(), is.body())) {
            tell(
                    "the authorizer is shown " + OutsideWords.body(is.body()) + " (was: "
                            + OutsideWords.body(was.body()) + ")",
                    anybody(),
                    is.origin());
        }
        if (!was.timeout().equals(is.timeout())) {
            tell(
                    "the authorizer has " + Durations.write(is.timeout()) + " for an answer (was: "
                            + Durations.write(was.timeout()) + ")",
                    anybody(),
                    is.origin());
        }
        if (was.statusOnError() != is.statusOnError()) {
            tell(
                    "without an answer of the authorizer the status is " + is.statusOnError() + " (was: "
                            + was.statusOnError() + ")",
                    false,
                    is.origin());
        }
    }

    private void login(@Nullable LoginRule was, @Nullable LoginRule is) {
        if (is == null) {
            effects.add(new Effect("people no longer log in", false, now.origin()));
            return;
        }
        if (was == null) {
            boolean restricted = before.entry().access().isRestricted();
            tell(
                    "people log in at " + is.issuer()
                            + (restricted ? "; a session meets the access rules as a token does" : ""),
                    restricted && sessions(),
                    is.origin());
            return;
        }
        compare("people log in at ", was.issuer(), is.issuer(), true, is);
        compare("people log in as users of the client ", was.clientId(), is.clientId(), true, is);
        compare(
                "sessions are encrypted with the keys in ",
                was.keys().toString(),
                is.keys().toString(),
                true,
                is);
        compare("groups are those of the claim ", was.groupsClaim(), is.groupsClaim(), true, is);
        compare("at the login is asked for ", String.join(" ", was.scopes()), String.join(" ", is.scopes()), true, is);
        compare(
                "a session lasts at most ",
                Durations.write(was.lifetime()),
                Durations.write(is.lifetime()),
                is.lifetime().compareTo(was.lifetime()) > 0,
                is);
        compare(
                "a session ends without requests ",
                OutsideWords.idle(was),
                OutsideWords.idle(is),
                was.idle() != null && (is.idle() == null || is.idle().compareTo(was.idle()) > 0),
                is);
        compare("who has logged out comes to ", was.afterLogout(), is.afterLogout(), false, is);
        compare("the login's own endpoints are below ", was.prefix(), is.prefix(), true, is);
        compare("sessions are kept in the cookie ", was.cookie(), is.cookie(), false, is);
        compare("the client's secret is ", OutsideWords.secret(was), OutsideWords.secret(is), false, is);
        if (was.passToken() != is.passToken()) {
            tell(
                    is.passToken()
                            ? "the service gets the access token of a session"
                            : "the service no longer gets the access token of a session",
                    false,
                    is.origin());
        }
    }

    private void compare(String text, String was, String is, boolean widens, LoginRule rule) {
        if (!was.equals(is)) {
            tell(text + is + " (was: " + was + ")", widens && sessions(), rule.origin());
        }
    }

    private boolean anybody() {
        return access.letsThrough(token -> true);
    }

    private boolean sessions() {
        return access.letsThrough(Token.Verified.class::isInstance);
    }

    private void tell(String text, boolean widens, Origin origin) {
        effects.add(new Effect(text, widens, origin));
    }
}
