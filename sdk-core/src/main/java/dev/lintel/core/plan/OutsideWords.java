package dev.lintel.core.plan;

import dev.lintel.core.Durations;
import dev.lintel.core.model.AuthorizerRule;
import dev.lintel.core.model.LoginRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** External authorizers and logins in a few words. Of secrets only their places are named. */
final class OutsideWords {
    private OutsideWords() {}

    static List<String> authorizer(AuthorizerRule rule) {
        List<String> words = new ArrayList<>();
        words.add(rule.describe());
        words.add("within " + Durations.write(rule.timeout()) + ", shown " + body(rule.body()));
        words.add(
                rule.failOpen()
                        ? "without an answer requests go on"
                        : "without an answer requests are refused with " + rule.statusOnError());
        return words;
    }

    static List<String> login(LoginRule rule) {
        List<String> words = new ArrayList<>();
        words.add("at " + rule.issuer() + " as " + rule.clientId() + ", secret " + secret(rule));
        words.add("asks for " + String.join(" ", rule.scopes()) + ", groups in " + rule.groupsClaim());
        words.add("cookie " + rule.cookie() + ", keys " + rule.keys() + ", at most " + Durations.write(rule.lifetime())
                + ", ends without requests " + idle(rule));
        words.add("below " + rule.prefix() + ", after logout " + rule.afterLogout()
                + (rule.passToken() ? ", passes the token on" : ""));
        return words;
    }

    static String idle(LoginRule login) {
        return login.idle() == null ? "never" : "after " + Durations.write(login.idle());
    }

    static String body(AuthorizerRule.@Nullable Body body) {
        return body == null
                ? "no body"
                : "bodies up to " + body.maxBytes() + " bytes" + (body.allowPartial() ? ", or their beginning" : "")
                        + (body.packAsBytes() ? ", as bytes" : "");
    }

    static String secret(LoginRule login) {
        return login.clientSecret() == null ? "none" : login.clientSecret().toString();
    }
}
