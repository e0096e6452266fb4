package dev.lintel.kubernetes;

import java.util.function.Consumer;

/**
 * What the user of a target has chosen.
 *
 * @param conflicts what happens to fields that another manager owns
 * @param waits what is waited for between the steps
 * @param listener who is told how far an apply has come
 * @param settings under what name one applies, and where that is noted
 */
record ClusterChoices(Conflicts conflicts, Waits waits, Consumer<String> listener, ApplySettings settings) {
    static ClusterChoices defaults() {
        return new ClusterChoices(Conflicts.REFUSE, Waits.usual(), line -> {}, ApplySettings.defaults());
    }

    ClusterChoices with(Conflicts other) {
        return new ClusterChoices(other, waits, listener, settings);
    }

    ClusterChoices with(Waits other) {
        return new ClusterChoices(conflicts, other, listener, settings);
    }

    ClusterChoices with(Consumer<String> other) {
        return new ClusterChoices(conflicts, waits, other, settings);
    }

    ClusterChoices with(ApplySettings other) {
        return new ClusterChoices(conflicts, waits, listener, other);
    }
}
