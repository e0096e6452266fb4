package dev.lintel.core.plan;

import dev.lintel.core.Durations;
import dev.lintel.core.model.Issuer;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.RetryRule.Backoff;
import dev.lintel.core.model.RetryRule.Budget;
import dev.lintel.core.model.Route;
import dev.lintel.core.model.SplitRule.Sticky;
import dev.lintel.core.model.TimeoutRule;
import dev.lintel.core.model.Version;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The parts of a model in a few words, the same in texts and in effects. */
final class Words {
    private Words() {}

    static String audiences(List<String> audiences) {
        return audiences.isEmpty() ? "every audience" : String.join(" or ", audiences);
    }

    /** Keys that are said are told by a digest: the whole of them fills a page. */
    static String keys(Issuer issuer) {
        if (issuer.jwks() != null) {
            return "those that are said, SHA-256 " + digest(issuer.jwks());
        }
        return issuer.jwksUri() == null
                ? "as its metadata says"
                : issuer.jwksUri().toString();
    }

    private static String digest(String text) {
        try {
            byte[] all = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(all, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    static String target(Route route) {
        if (route.answer() != null) {
            return TrafficWords.answer(route.answer()) + ", without the service";
        }
        return route.version() == null ? "the service" : "version " + route.version();
    }

    static String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining(", "));
    }

    static String version(Version version) {
        return version.service() == null
                ? "the workloads with " + labels(version.labels())
                : "the service " + version.service();
    }

    static String sticky(Sticky sticky) {
        return sticky.by().name().toLowerCase(Locale.ROOT) + " " + sticky.name();
    }

    static String retry(RetryRule retry) {
        return "up to " + retry.attempts() + (retry.attempts() == 1 ? " time" : " times")
                + (retry.perTry() == null ? "" : ", each try within " + Durations.write(retry.perTry()))
                + (retry.nonIdempotent() ? ", every method" : "")
                + after(retry)
                + (retry.backoff().equals(Backoff.DEFAULT) ? "" : ", " + backoff(retry.backoff()))
                + (retry.budget().equals(Budget.DEFAULT) ? "" : ", " + budget(retry.budget()));
    }

    /** After what, unless it is after the usual failures alone. */
    private static String after(RetryRule retry) {
        if (retry.on().equals(RetryRule.DEFAULT_ON) && retry.statuses().isEmpty()) {
            return "";
        }
        List<String> after = new ArrayList<>();
        retry.on().forEach(on -> after.add(TrafficWords.lower(on)));
        retry.statuses().forEach(status -> after.add(status.toString()));
        return ", after " + String.join(" or ", after);
    }

    private static String backoff(Backoff backoff) {
        return "pauses from " + Durations.write(backoff.base()) + " up to " + Durations.write(backoff.most());
    }

    private static String budget(Budget budget) {
        return "at once at most " + budget.percent() + " % of the calls, but " + budget.least() + " in any case";
    }

    static String timeout(TimeoutRule timeout) {
        return Durations.write(timeout.total());
    }
}
