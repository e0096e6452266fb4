package dev.lintel.testbed.parity;

import dev.lintel.core.evaluate.Decision;
import dev.lintel.core.model.RetryOn;
import dev.lintel.core.model.RetryRule;
import dev.lintel.core.model.Service;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * What a service makes of a request that a model sends on, by the time-outs and retries of the model: services of the cases
 * do what the request asks them to.
 *
 * @param late whether the answer did not come in time
 * @param status of the answer
 * @param version that answers
 * @param seen how often it came to each version
 */
record Served(boolean late, int status, String version, Map<String, Integer> seen) {
    private static final Duration NO_LIMIT = Duration.ofMinutes(1);

    static Served of(Ask ask, Decision.Forward forward) {
        Service service = forward.api().service();
        String version = Objects.requireNonNullElse(forward.version(), "any");
        Duration total =
                service.timeout() == null ? NO_LIMIT : service.timeout().total();
        Duration delay = delay(said(ask, "x-delay", version));
        RetryRule retry = service.retry();
        String answer = said(ask, "x-answer", version);
        int status = answer.isEmpty() ? 200 : Integer.parseInt(answer);
        boolean late = false;
        int tries = 1;
        if (retry != null && retry.perTry() != null && delay.compareTo(retry.perTry()) > 0) {
            tries += isFailure(retry, ask.method()) ? retry.attempts() : 0;
            late = true;
        } else if (retry != null && isRetried(retry, ask.method(), status)) {
            tries += retry.attempts();
        }
        late |= delay.compareTo(total) > 0;
        Map<String, Integer> seen = new TreeMap<>(Map.of(version, tries));
        forward.mirrors().forEach(copy -> seen.merge(copy, 1, Integer::sum));
        return new Served(late, status, version, seen);
    }

    /** A try that took too long. */
    private static boolean isFailure(RetryRule retry, String method) {
        return isIdempotent(method, retry)
                && (retry.on().contains(RetryOn.RESET)
                        || retry.on().contains(RetryOn.GATEWAY_ERROR)
                        || retry.on().contains(RetryOn.SERVER_ERROR));
    }

    private static boolean isRetried(RetryRule retry, String method, int status) {
        boolean gateway = status == 502 || status == 503 || status == 504;
        return isIdempotent(method, retry)
                && (retry.statuses().contains(status)
                        || gateway && retry.on().contains(RetryOn.GATEWAY_ERROR)
                        || status >= 500 && retry.on().contains(RetryOn.SERVER_ERROR)
                        || status == 409 && retry.on().contains(RetryOn.CONFLICT));
    }

    private static boolean isIdempotent(String method, RetryRule retry) {
        return retry.nonIdempotent() || !method.equals("POST") && !method.equals("PATCH");
    }

    private static Duration delay(String said) {
        return said.isEmpty()
                ? Duration.ZERO
                : Duration.ofMillis(Long.parseLong(said.substring(0, said.indexOf("ms"))));
    }

    private static String said(Ask ask, String name, String version) {
        String own = ask.header(name + "-" + version);
        return own.isEmpty() ? ask.header(name) : own;
    }
}
