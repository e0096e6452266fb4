package dev.lintel.testbed.parity;

import dev.lintel.core.evaluate.Verdict;
import dev.lintel.core.evaluate.Verdict.Edit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What an external authorizer says, in the words of a case: a status with which it refuses, or {@code allowed} with headers that
 * it sets ({@code name=value}), takes away ({@code -name}) and adds to the answer ({@code <name=value}).
 */
final class Said {
    private Said() {}

    /** Its verdict; empty words say that nobody is to ask it. */
    static Verdict of(String words) {
        if (words.isEmpty()) {
            return Verdict.UNASKED;
        }
        if (!words.startsWith("allowed")) {
            return new Verdict.Denied(Integer.parseInt(words), List.of(), "");
        }
        List<Edit> request = new ArrayList<>();
        List<Edit> response = new ArrayList<>();
        for (String word : List.of(words.split(" ")).subList(1, words.split(" ").length)) {
            if (word.startsWith("-")) {
                request.add(new Edit(Edit.Kind.REMOVE, word.substring(1), ""));
            } else if (word.startsWith("<")) {
                response.add(edit(word.substring(1)));
            } else {
                request.add(edit(word));
            }
        }
        return new Verdict.Allowed(request, response);
    }

    /** What it makes of the headers that a service gets, or of those that a caller gets. */
    static void change(Map<String, String> headers, Verdict verdict, boolean answer) {
        if (verdict instanceof Verdict.Allowed allowed) {
            for (Edit edit : answer ? allowed.response() : allowed.request()) {
                if (edit.kind() == Edit.Kind.REMOVE) {
                    headers.remove(edit.name());
                } else {
                    headers.put(edit.name(), edit.value());
                }
            }
        }
    }

    private static Edit edit(String word) {
        int end = word.indexOf('=');
        return new Edit(Edit.Kind.SET, word.substring(0, end), word.substring(end + 1));
    }
}
