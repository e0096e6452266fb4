package dev.lintel.kubernetes;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.Transport.Call;
import dev.lintel.kubernetes.Transport.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Notes in a ConfigMap what is being applied, how far it is, and what was there before. */
final class ApplyJournal {
    static final String APPLYING = "applying";
    static final String APPLIED = "applied";
    static final String ROLLING_BACK = "rolling-back";
    static final String ROLLED_BACK = "rolled-back";

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;
    private static final int SHOWN = 300;
    static final String MERGE = "application/merge-patch+json";
    private static final String BEFORE = "before";

    private final Transport transport;
    private final Json json;
    private final JournalPlace place;

    ApplyJournal(Transport transport, Json json, JournalPlace place) {
        this.transport = transport;
        this.json = json;
        this.place = place;
    }

    /**
     * What it says.
     *
     * @param version changes with every write
     * @param state one of the four words
     * @param apply names one apply, and the way back of it
     * @param holder as the lease names who wrote it
     * @param began when, by that one's clock
     * @param base the state of the world before it
     * @param step how far it is, for people
     * @param done how many steps are done
     * @param entries what it changes; null if that was too large to be noted
     */
    record Said(
            String version,
            String state,
            String apply,
            String holder,
            String began,
            String base,
            String step,
            int done,
            @Nullable List<JournalEntry> entries) {
        /** Whether steps may be left to do: it goes on, or was cut off. */
        boolean isOpen() {
            return state.equals(APPLYING) || state.equals(ROLLING_BACK);
        }

        /** What it may have been making when it was cut off, so that nobody has seen whether something was there already. */
        List<JournalEntry> doubtful() {
            return entries == null || !isOpen()
                    ? List.of()
                    : entries.stream().filter(each -> each.made() > done).toList();
        }

        /** The same for whoever goes on. */
        Said settled(Set<String> others) {
            List<JournalEntry> all = entries == null
                    ? null
                    : entries.stream()
                            .map(each -> each.settled(others.contains(each.key())))
                            .toList();
            return new Said(version, state, apply, holder, began, base, step, done, all);
        }

        Said at(String newVersion) {
            return new Said(newVersion, state, apply, holder, began, base, step, done, entries);
        }

        Said now(String newState, String newStep, int nowDone) {
            return new Said(version, newState, apply, holder, began, base, newStep, nowDone, entries);
        }
    }

    /**
     * Reads it.
     *
     * @return empty if there is none
     * @throws ProblemsException if it cannot be understood, with the code {@code cluster.journal}
     * @throws RefusedException if it may not be read
     */
    Optional<Said> read() {
        Reply reply = transport.send(Call.get(place.journal()));
        if (reply.status() == NOT_FOUND) {
            return Optional.empty();
        }
        if (!reply.succeeded()) {
            throw new RefusedException("reading the journal " + place, reply, json);
        }
        try {
            return Optional.of(said(reply));
        } catch (IllegalArgumentException e) {
            throw new ProblemsException("the journal of this inventory", List.of(unread(e)));
        }
    }

    private Problem unread(IllegalArgumentException why) {
        return new Problem(
                "cluster.journal",
                "ConfigMap " + place,
                "cannot be understood: " + why.getMessage(),
                "delete it; what it notes cannot be undone then",
                Origin.unknown());
    }

    private Said said(Reply reply) {
        Map<?, ?> whole = Nodes.map(json.read(reply.body()));
        Map<?, ?> metadata = Nodes.map(whole.get("metadata"));
        if (!place.inventory().equals(Nodes.map(metadata.get("labels")).get(JournalPlace.LABEL))) {
            throw new IllegalArgumentException("it does not carry the label '" + JournalPlace.LABEL
                    + "' with the value '" + place.inventory() + "'");
        }
        Map<?, ?> data = Nodes.map(whole.get("data"));
        String state = JournalText.text(data.get("state"));
        if (!List.of(APPLYING, APPLIED, ROLLING_BACK, ROLLED_BACK).contains(state)) {
            throw new IllegalArgumentException("its state is none of ours");
        }
        Object before = Nodes.map(whole.get("binaryData")).get(BEFORE);
        return new Said(
                JournalText.text(metadata.get("resourceVersion")),
                state,
                shown(data.get("apply")),
                shown(data.get("holder")),
                shown(data.get("began")),
                shown(data.get("base")),
                shown(data.get("step")),
                count(JournalText.text(data.get("done"))),
                before == null ? null : JournalText.read(JournalText.text(before), json));
    }

    /** One that says nothing of it has done nothing for certain. */
    private static int count(String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static String shown(@Nullable Object value) {
        String text = JournalText.text(value);
        return text.length() <= SHOWN ? text : text.substring(0, SHOWN) + "...";
    }

    /**
     * Begins a new one in its place.
     *
     * @param said what it is to say; its version is that of what is there, empty if nothing is
     * @return the same at its new version
     * @throws LeaseLostException if somebody else has written meanwhile
     */
    Said begin(Said said) {
        Map<String, Object> document = document(said);
        List<JournalEntry> entries = said.entries();
        Map<String, Object> binary = new LinkedHashMap<>();
        binary.put(
                BEFORE,
                entries == null ? null : JournalText.write(entries, json).orElse(null));
        document.put("binaryData", binary);
        if (!said.version().isEmpty()) {
            return patch(said, document);
        }
        binary.values().removeIf(each -> each == null);
        document.put("apiVersion", "v1");
        document.put("kind", "ConfigMap");
        document.put("metadata", place.metadata());
        Reply reply = transport.send(new Call("POST", place.journals(), "application/json", json.write(document)));
        if (!reply.succeeded()) {
            throw new RefusedException("making the journal " + place, reply, json);
        }
        return said.at(version(reply));
    }

    /**
     * Notes how far it is.
     *
     * @param said what it says, at its version
     * @return the same at its new version
     * @throws LeaseLostException if somebody else has written meanwhile
     */
    Said note(Said said) {
        Map<String, Object> document = document(said);
        if (said.state().equals(ROLLED_BACK)) {
            // What is undone needs no way back.
            Map<String, Object> nothing = new LinkedHashMap<>();
            nothing.put(BEFORE, null);
            document.put("binaryData", nothing);
        }
        return patch(said, document);
    }

    private Map<String, Object> document(Said said) {
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("state", said.state());
        data.put("apply", said.apply());
        data.put("holder", said.holder());
        data.put("began", said.began());
        data.put("base", said.base());
        data.put("step", shown(said.step()));
        data.put("done", String.valueOf(said.done()));
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("data", data);
        return document;
    }

    private Said patch(Said said, Map<String, Object> document) {
        String version = said.version();
        for (int tried = 0; tried < 2; tried++) {
            document.put("metadata", Map.of("resourceVersion", version));
            Reply reply = transport.send(new Call("PATCH", place.journal(), MERGE, json.write(document)));
            if (reply.succeeded()) {
                return said.at(version(reply));
            }
            if (reply.status() != CONFLICT) {
                throw new RefusedException("writing the journal " + place, reply, json);
            }
            // What was sent twice for want of an answer may have been written the first time.
            Optional<Said> there = read().filter(each -> each.holder().equals(said.holder()));
            if (there.isEmpty()) {
                break;
            }
            version = there.get().version();
        }
        throw new LeaseLostException("somebody else has written the journal " + place);
    }

    private String version(Reply reply) {
        return JournalText.text(
                Nodes.map(Nodes.map(json.read(reply.body())).get("metadata")).get("resourceVersion"));
    }
}
