package dev.lintel.kubernetes;

import dev.lintel.kubernetes.preflight.Preflight;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What the user of a target has chosen.
 *
 * @param conflicts what happens to fields that another manager owns
 * @param waits what is waited for between the steps
 * @param listener who is told how far an apply has come
 * @param settings under what name one applies, and where that is noted
 * @param preflight what every plan looks at before; null for nothing
 */
record ClusterChoices(
        Conflicts conflicts,
        Waits waits,
        Consumer<String> listener,
        ApplySettings settings,
        @Nullable Preflight preflight) {
    static ClusterChoices defaults() {
        return new ClusterChoices(Conflicts.REFUSE, Waits.usual(), line -> {}, ApplySettings.defaults(), null);
    }

    ClusterChoices with(Conflicts other) {
        return new ClusterChoices(other, waits, listener, settings, preflight);
    }

    ClusterChoices with(Waits other) {
        return new ClusterChoices(conflicts, other, listener, settings, preflight);
    }

    ClusterChoices with(Consumer<String> other) {
        return new ClusterChoices(conflicts, waits, other, settings, preflight);
    }

    ClusterChoices with(ApplySettings other) {
        return new ClusterChoices(conflicts, waits, listener, other, preflight);
    }

    ClusterChoices with(Preflight other) {
        return new ClusterChoices(conflicts, waits, listener, settings, other);
    }
}
