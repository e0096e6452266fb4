package dev.lintel.core.evaluate;

import dev.lintel.core.match.Condition;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.model.Choice;
import dev.lintel.core.model.SplitRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the version that a call gets because of what is true of it, before chance is asked. */
final class Choices {
    private Choices() {}

    /** The version of the first choice whose condition holds; null if none does. */
    static @Nullable String version(ApiModel api, Request request, @Nullable Trace trace) {
        List<Choice> choices = api.service().traffic().choices();
        for (int i = 0; i < choices.size(); i++) {
            Choice choice = choices.get(i);
            boolean holds = holds(choice.when(), api, request);
            if (trace != null) {
                trace.choice(choice, holds, api.service().split());
            }
            if (holds) {
                return choice.version();
            }
        }
        return null;
    }

    private static boolean holds(Condition when, ApiModel api, Request request) {
        return switch (when.by()) {
            case HEADER -> when.value().equals(request.header(when.name()));
            case COOKIE -> when.value().equals(request.cookie(when.name()));
            case CLAIM -> Claims.hasOne(claim(api, request, when.name()), when.value());
            case WORKLOAD ->
                request.caller() instanceof Caller.Workload workload
                        && when.value().equals(workload.toString());
            case CALLER -> {
                Token.Verified caller = caller(api, request);
                yield caller != null && when.value().equals(caller.subject());
            }
        };
    }

    /** The version that a caller is kept on by the split; null if it is to be drawn. */
    static @Nullable String kept(ApiModel api, SplitRule split, Request request) {
        SplitRule.Sticky sticky = split.sticky();
        if (sticky == null) {
            return null;
        }
        if (sticky.by() == SplitRule.By.COOKIE) {
            String version = request.cookie(sticky.name());
            return version != null && Shares.takesPart(split, version) ? version : null;
        }
        String caller = sticky.by() == SplitRule.By.CLAIM
                ? Claims.text(claim(api, request, sticky.name()))
                : request.header(sticky.name());
        return caller == null ? null : Shares.byHash(split, caller);
    }

    static boolean byCookie(SplitRule split) {
        return split.sticky() != null && split.sticky().by() == SplitRule.By.COOKIE;
    }

    private static @Nullable Object claim(ApiModel api, Request request, String name) {
        Token.Verified caller = caller(api, request);
        return caller == null ? null : caller.claims().get(name);
    }

    /** Calls from inside are not asked for tokens, so that here a token must be one that the API accepts. */
    private static Token.@Nullable Verified caller(ApiModel api, Request request) {
        if (request.via() == Request.Via.ENTRY && Outside.isSession(api, request)) {
            return (Token.Verified) request.session();
        }
        return request.token() instanceof Token.Verified token
                        && AccessCheck.accepts(api.entry().access(), token)
                ? token
                : null;
    }
}
