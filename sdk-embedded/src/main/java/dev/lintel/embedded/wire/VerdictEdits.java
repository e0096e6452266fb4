package dev.lintel.embedded.wire;

import dev.lintel.core.evaluate.Verdict.Edit;
import io.netty.handler.codec.http.HttpHeaders;
import java.util.List;

/** Makes the changes of headers that an authorizer wants. What it wants was checked when it was read. */
public final class VerdictEdits {
    private VerdictEdits() {}

    /**
     * Changes the headers of a request, in the order in which it was said. What some take for the same name (RFC 3875, 4.1.18)
     * goes: what a client says as {@code x_user} must not stand beside the {@code x-user} of the authorizer.
     */
    static void request(HttpHeaders headers, List<Edit> edits) {
        for (Edit edit : edits) {
            if (edit.kind() != Edit.Kind.SET_QUERY && edit.kind() != Edit.Kind.REMOVE_QUERY) {
                removeDisguised(headers, edit.name());
            }
        }
        apply(headers, edits);
    }

    private static void removeDisguised(HttpHeaders headers, String name) {
        if (name.indexOf('-') < 0 && name.indexOf('_') < 0) {
            return;
        }
        String same = name.replace('_', '-');
        for (String one : headers.names()) {
            if (!one.equalsIgnoreCase(name) && one.replace('_', '-').equalsIgnoreCase(same)) {
                headers.remove(one);
            }
        }
    }

    /** Changes headers, in the order in which it was said. */
    public static void apply(HttpHeaders headers, List<Edit> edits) {
        for (int i = 0; i < edits.size(); i++) {
            apply(headers, edits.get(i));
        }
    }

    private static void apply(HttpHeaders headers, Edit edit) {
        switch (edit.kind()) {
            case SET -> headers.set(edit.name(), edit.value());
            case ADD -> add(headers, edit);
            case ADD_IF_ABSENT -> {
                if (!headers.contains(edit.name())) {
                    headers.set(edit.name(), edit.value());
                }
            }
            case SET_IF_PRESENT -> {
                if (headers.contains(edit.name())) {
                    headers.set(edit.name(), edit.value());
                }
            }
            case REMOVE -> headers.remove(edit.name());
            case SET_QUERY, REMOVE_QUERY -> {}
        }
    }

    /** A request has one {@code Authorization}: two would be read as one by some and as the other by others. */
    private static void add(HttpHeaders headers, Edit edit) {
        if (edit.name().equals("authorization") || edit.name().equals("content-type")) {
            headers.set(edit.name(), edit.value());
        } else {
            headers.add(edit.name(), edit.value());
        }
    }
}
