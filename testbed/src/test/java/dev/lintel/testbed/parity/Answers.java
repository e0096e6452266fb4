package dev.lintel.testbed.parity;

import dev.lintel.testbed.plane.Reply;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What came of a request, in words that are equal where worlds agree. */
final class Answers {
    private Answers() {}

    /** What came over the wire. */
    static String of(Ask ask, Reply reply) {
        if (reply.status() == 0) {
            return "no answer: " + reply.error();
        }
        Optional<String> version = reply.header("x-version");
        if (version.isPresent() && reply.status() != 200) {
            return failed(ask, reply.status(), version.get());
        }
        if (version.isPresent()) {
            String path = ask.method().equals("HEAD") ? "" : reply.text("/target");
            Function<String, String> seen =
                    name -> ask.method().equals("HEAD") ? "" : String.join(",", reply.texts("/headers/" + name));
            return forwarded(
                    ask,
                    version.get(),
                    path,
                    seen,
                    name -> String.join(",", reply.headers().getOrDefault(name, List.of())));
        }
        return refused(
                reply.status(),
                challenge(reply.header("www-authenticate").orElse("")),
                reply.header("location").orElse(""),
                ask.expect().contains("\"") ? reply.body() : "");
    }

    /** A request that came to the service. */
    static String forwarded(
            Ask ask,
            String version,
            String target,
            Function<String, String> request,
            Function<String, String> response) {
        StringBuilder words = new StringBuilder(ask.isAnyVersion() ? "any" : version);
        if (!ask.method().equals("HEAD")) {
            words.append(' ').append(target);
            ask.shown().request().forEach(name -> shown(words, name, request.apply(name)));
        }
        ask.shown().response().forEach(name -> shown(words, "<" + name, response.apply(name)));
        return words.toString();
    }

    /** A request that the service answered otherwise than with 200. */
    static String failed(Ask ask, int status, String version) {
        return status + " from " + (ask.expect().contains("from any") ? "any" : version);
    }

    /** How often something came to services, by version. */
    static String seen(Ask ask, Map<String, Integer> times) {
        return " seen "
                + (ask.marked() == Ask.Marked.IN_ALL
                        ? times.values().stream().mapToInt(Integer::intValue).sum()
                        : new TreeMap<>(times));
    }

    /** An answer in place of the service. */
    static String refused(int status, String challenge, String location, String body) {
        return status
                + challenge
                + (location.isEmpty() ? "" : " -> " + location)
                + (body.isEmpty() ? "" : " \"" + body.strip() + "\"");
    }

    /** What a refusal says of tokens: its error, or only that one is needed. */
    static String challenge(String field) {
        if (field.isEmpty()) {
            return "";
        }
        int error = field.indexOf("error=\"");
        return error < 0 ? " bearer" : " " + field.substring(error + 7, field.indexOf('"', error + 7));
    }

    /** The same without what it says of tokens. */
    static String withoutChallenge(String answer) {
        return answer.replaceFirst("^(40[13]) (bearer|invalid_token|insufficient_scope)", "$1");
    }

    /** The versions in some answers, or that there was any, and everything else by its words. */
    static Map<String, Integer> counted(List<String> answers, boolean anyVersion) {
        Map<String, Integer> counted = new TreeMap<>();
        for (String answer : answers) {
            String word = answer.split(" ", 2)[0];
            counted.merge(anyVersion && word.startsWith("v") ? "any" : word, 1, Integer::sum);
        }
        return counted;
    }

    /** Why counts do not fit shares: they may differ by five standard deviations of what is drawn; empty if they fit. */
    static String misfit(Map<String, Integer> counted, Map<String, Integer> shares, int count) {
        for (String version : counted.keySet()) {
            if (!shares.containsKey(version)) {
                return counted + ": nobody should get " + version;
            }
        }
        for (Map.Entry<String, Integer> share : shares.entrySet()) {
            double part = share.getValue() / 100.0;
            double most = 5 * Math.sqrt(count * part * (1 - part));
            if (Math.abs(counted.getOrDefault(share.getKey(), 0) - count * part) > most) {
                return counted + " of " + count + " is too far from " + shares;
            }
        }
        return "";
    }

    private static void shown(StringBuilder words, String name, String value) {
        if (!value.isEmpty()) {
            words.append(' ').append(name).append('=').append(value);
        }
    }
}
