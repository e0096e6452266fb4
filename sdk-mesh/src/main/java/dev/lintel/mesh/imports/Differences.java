package dev.lintel.mesh.imports;

import dev.lintel.core.evaluate.RequestValue;
import dev.lintel.core.evaluate.Token;
import dev.lintel.core.match.Endpoint;
import dev.lintel.core.model.ApiModel;
import dev.lintel.core.plan.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a definition decides otherwise than what was read, each difference once, with a request that shows it. */
final class Differences {
    private static final int MOST_REQUESTS = 6;
    private static final String ANSWERED = "answered ";

    private final Map<String, Answer> answers = new LinkedHashMap<>();
    private final Set<String> told = new LinkedHashSet<>();
    private final Set<Answer> shown = new LinkedHashSet<>();

    /**
     * What becomes of one request.
     *
     * @param read by what was read
     * @param said by the definition
     * @param opens whether the definition alone lets it through
     * @param where that comes from which was read, in parentheses; empty if it is not known
     */
    record Answer(ApiModel api, RequestValue request, String read, String said, boolean opens, String where) {
        /** Whether neither lets it through, so that they differ in words alone. */
        private boolean isRefused() {
            return read.startsWith(ANSWERED) && said.startsWith(ANSWERED);
        }

        private boolean isAt(Endpoint endpoint) {
            String path = request.path();
            String node = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
            boolean named = endpoint.methods().isEmpty() || endpoint.methods().contains(request.method());
            return named && endpoint.path().matches(node);
        }

        @Override
        public String toString() {
            return words(request) + " is " + read + " by what was read, and " + said + " by the definition";
        }
    }

    /** Keeps one request for each method and path: one that the definition opens, if there is any. */
    void add(Answer answer) {
        String key = answer.api().id() + " " + answer.request().method() + " "
                + answer.request().path();
        Answer before = answers.get(key);
        if (before == null || answer.opens() && !before.opens()) {
            answers.put(key, answer);
        }
    }

    /** A difference that is told as it is. */
    void tell(String difference) {
        told.add(difference);
    }

    /**
     * What a plan would tell, with a request that it is about; one that is told so is not told again.
     *
     * @param who of which it is told
     * @param effect from the other one to this one
     * @param where it comes from, in parentheses; empty if it is not known
     */
    void tell(String who, Effect effect, String where) {
        List<Answer> about = answers.values().stream()
                .filter(answer -> effect.text().startsWith(answer.api().id() + ": "))
                .filter(answer -> endpoints(effect.text()).stream().anyMatch(answer::isAt))
                .toList();
        List<Answer> left =
                about.stream().filter(answer -> !shown.contains(answer)).toList();
        String example = left.stream()
                .filter(answer -> answer.opens() == effect.widens())
                .findFirst()
                .or(() -> left.stream().findFirst())
                .map(answer -> "; for example " + answer)
                .orElse("");
        told.add(who + " differs: " + effect.text() + example + where);
        shown.addAll(about);
    }

    /** All of them, at most so many. */
    List<String> told(int most) {
        List<String> all = new ArrayList<>(told);
        Map<String, Answer> alike = new LinkedHashMap<>();
        answers.values().stream()
                .filter(answer -> !shown.contains(answer))
                .forEach(answer -> alike.putIfAbsent(
                        (answer.isRefused() ? "" : answer.request().method())
                                + answer.read()
                                + answer.said()
                                + answer.where(),
                        answer));
        alike.values().stream().limit(MOST_REQUESTS).forEach(answer -> all.add(answer + answer.where()));
        return all.stream().limit(most).toList();
    }

    /** The endpoints of which a sentence speaks: methods, if any, and a path. */
    private static List<Endpoint> endpoints(String text) {
        List<Endpoint> endpoints = new ArrayList<>();
        String before = "";
        for (String word : text.split(" ", -1)) {
            String bare = word.endsWith(",") || word.endsWith(":") ? word.substring(0, word.length() - 1) : word;
            if (bare.startsWith("/")) {
                boolean methods = !before.isEmpty() && before.chars().allMatch(c -> c == ',' || c >= 'A' && c <= 'Z');
                try {
                    endpoints.add(Endpoint.parse((methods ? before + " " : "") + bare));
                } catch (IllegalArgumentException e) {
                    // A word that begins as a path does is not always one.
                    before = "";
                }
            }
            before = word;
        }
        return endpoints;
    }

    private static String words(RequestValue request) {
        StringBuilder words = new StringBuilder(request.method());
        words.append(" http://").append(request.host()).append(request.path());
        words.append(request.query() == null ? "" : "?" + request.query());
        request.headers()
                .forEach((name, value) ->
                        words.append(" with ").append(name).append(": ").append(value));
        return words.append(token(request.token())).toString();
    }

    private static String token(Token token) {
        if (token instanceof Token.Verified verified) {
            String claims = verified.claims().isEmpty() ? "" : " and " + verified.claims();
            String scopes = verified.scopes().isEmpty() ? "" : " and scope " + String.join(" ", verified.scopes());
            return " with a token of " + verified.issuer() + scopes + claims;
        }
        return token instanceof Token.None ? " without a token" : " with an expired token";
    }
}
