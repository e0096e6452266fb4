package dev.lintel.core.plan;

import dev.lintel.core.Durations;
import dev.lintel.core.model.Answer;
import dev.lintel.core.model.BalanceRule;
import dev.lintel.core.model.BreakerRule.Limits;
import dev.lintel.core.model.BreakerRule.Outliers;
import dev.lintel.core.model.FaultRule;
import dev.lintel.core.model.HealthRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The rules of traffic in a few words, the same in texts and in effects. */
final class TrafficWords {
    private static final int BODY = 60;

    private TrafficWords() {}

    static String answer(Answer answer) {
        if (answer instanceof Answer.Redirect to) {
            List<String> parts = new ArrayList<>();
            add(parts, "scheme ", to.scheme());
            add(parts, "host ", to.host());
            add(parts, "port ", to.port());
            add(parts, "path ", to.path());
            return "redirected with " + to.status() + " to "
                    + (parts.isEmpty() ? "where it came from" : String.join(", ", parts));
        }
        Answer.Direct said = (Answer.Direct) answer;
        return "answered with " + said.status()
                + (said.body().isEmpty() ? ", without a body" : ", " + said.contentType() + " " + body(said.body()));
    }

    /** On one line; of a long one the beginning, and what shows that the rest is another one. */
    private static String body(String body) {
        String shown = body.length() <= BODY ? body : body.substring(0, BODY);
        StringBuilder text = new StringBuilder("\"");
        for (int i = 0; i < shown.length(); i++) {
            char c = shown.charAt(i);
            if (c == '"' || c == '\\') {
                text.append('\\').append(c);
            } else if (c < ' ' || c == 0x7f) {
                text.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            } else {
                text.append(c);
            }
        }
        text.append('"');
        return shown.length() == body.length()
                ? text.toString()
                : text + " and more, " + body.length() + " characters, hash " + Integer.toHexString(body.hashCode());
    }

    static String fault(FaultRule fault) {
        List<String> parts = new ArrayList<>();
        if (fault.delay() != null) {
            parts.add(fault.delay().percent() + " % are held up for "
                    + Durations.write(fault.delay().fixed()));
        }
        if (fault.abort() != null) {
            parts.add(fault.abort().percent() + " % are answered with "
                    + fault.abort().status());
        }
        return String.join(", ", parts);
    }

    static String outliers(Outliers out) {
        List<String> after = new ArrayList<>();
        row(after, out.consecutive5xx(), "answers of 5xx");
        row(after, out.consecutiveGatewayErrors(), "gateway errors");
        row(after, out.splitLocalErrors() ? out.consecutiveLocalFailures() : 0, "local failures");
        String most = out.maxEjectionPercent() == null ? "half of several" : out.maxEjectionPercent() + " %";
        return "after " + (after.isEmpty() ? "nothing" : String.join(" or ", after) + " in a row")
                + (out.splitLocalErrors() ? ", local failures counted apart" : "")
                + ", for " + Durations.write(out.baseEjection()) + " up to " + Durations.write(out.maxEjection())
                + (out.jitter().isZero() ? "" : " and up to " + Durations.write(out.jitter()) + " more")
                + ", looked at every " + Durations.write(out.interval()) + ", at most " + most + " at once";
    }

    private static void row(List<String> parts, int count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** Null where nothing is limited. */
    static @Nullable String limits(Limits limits) {
        List<String> parts = new ArrayList<>();
        limit(parts, limits.maxConnections(), "connections");
        limit(parts, limits.maxPending(), "waiting calls");
        limit(parts, limits.maxRequests(), "calls");
        limit(parts, limits.maxRetries(), "retries");
        return parts.isEmpty() ? null : String.join(", ", parts);
    }

    private static void limit(List<String> parts, @Nullable Integer limit, String what) {
        if (limit != null) {
            parts.add(limit + " " + what);
        }
    }

    static String balance(BalanceRule balance) {
        String how = lower(balance.algorithm());
        BalanceRule.HashOn on = balance.hashOn();
        if (on != null) {
            how += " of " + lower(on.by()) + (on.name().isEmpty() ? "" : " " + on.name());
        }
        return how + (balance.localityFirst() ? ", nearby first" : "");
    }

    static String health(HealthRule health) {
        return "GET " + health.path() + " every " + Durations.write(health.interval()) + " within "
                + Durations.write(health.timeout()) + ", out after " + health.unhealthyAfter()
                + " bad and back after " + health.healthyAfter() + " good in a row";
    }

    static String lower(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static void add(List<String> parts, String what, @Nullable Object value) {
        if (value != null) {
            parts.add(what + value);
        }
    }
}
