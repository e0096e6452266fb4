package dev.lintel.core.fluent;

import dev.lintel.core.Origin;
import dev.lintel.core.Policy;
import dev.lintel.core.Speaker;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A stranger's policy: notes, each with the line that said it. */
record Notes(List<Note> all) implements Policy {
    record Note(String text, Origin origin) implements Speaker {}

    Notes {
        all = List.copyOf(all);
    }

    static Notes notes() {
        return new Notes(List.of());
    }

    Notes note(String text) {
        List<Note> more = new ArrayList<>(all);
        more.add(new Note(text, Origin.ofCaller()));
        return new Notes(more);
    }

    @Override
    public String kind() {
        return "stranger.notes/v1";
    }

    /** The stranger's verbs, in three styles. */
    interface NoteVerbs<S extends Verbs<S>> extends Verbs<S> {
        default S notes(Notes notes) {
            return with(notes);
        }

        default S notes(UnaryOperator<Notes> more) {
            return notes(more.apply(Notes.notes()));
        }

        default S note(String text) {
            return notes(some -> some.note(text));
        }
    }
}
