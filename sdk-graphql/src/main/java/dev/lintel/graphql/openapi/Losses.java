package dev.lintel.graphql.openapi;

import dev.lintel.graphql.model.Loss;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** What is lost while a document is read, each thing once. */
final class Losses {
    private final SortedSet<Loss> all = new TreeSet<>();

    void omitted(String where, String reason) {
        add(Loss.Kind.OMITTED, where, "operation", reason);
    }

    void widened(At at, String construct, String reason) {
        add(Loss.Kind.WIDENED, place(at), construct, reason);
    }

    void unchecked(At at, String construct) {
        add(Loss.Kind.UNCHECKED, place(at), construct, "only the service checks it");
    }

    void unused(At at, String construct, String reason) {
        add(Loss.Kind.UNUSED, place(at), construct, reason);
    }

    /** What an operation says, by its method and path. */
    void unused(String operation, String construct, String reason) {
        add(Loss.Kind.UNUSED, operation, construct, reason);
    }

    List<Loss> sorted() {
        return List.copyOf(all);
    }

    private static String place(At at) {
        return at.document() + at.id();
    }

    private void add(Loss.Kind kind, String where, String construct, String reason) {
        boolean unusedNews = all.add(new Loss(kind, where, construct, reason));
    }
}
