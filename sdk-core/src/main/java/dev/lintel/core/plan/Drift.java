package dev.lintel.core.plan;

import dev.lintel.core.Problem;
import java.util.List;
import java.util.Objects;

/**
 * What has happened to a world since definitions were made true in it: from what they mean to what is in force. A plan says
 * the reverse, what applying would do.
 *
 * <p>It is the difference to the definitions that are given. Where they have changed and were not applied, that is in it as
 * well, and the {@link Hand} that has said the old is our own.
 *
 * @param world the backend's name, for people
 * @param objects those that differ; what a server or somebody else has added and what means nothing is no difference
 * @param effects what requests get through, or do not, that should not, or should
 * @param opened what objects of others open that the definitions close
 * @param warnings what should be known besides, and is no drift
 * @param problems what keeps the world from being looked at
 */
public record Drift(
        String world,
        List<Drifted> objects,
        List<Effect> effects,
        List<Problem> opened,
        List<Problem> warnings,
        List<Problem> problems) {
    /** Keeps the lists unchangeable. */
    public Drift {
        Objects.requireNonNull(world, "world");
        objects = List.copyOf(objects);
        effects = List.copyOf(effects);
        opened = List.copyOf(opened);
        warnings = List.copyOf(warnings);
        problems = List.copyOf(problems);
    }

    /**
     * Whether the world is not as the definitions mean it, or cannot be looked at: then nobody can say that it is.
     *
     * @return false exactly if nothing has drifted
     */
    public boolean isDrifted() {
        return !objects.isEmpty() || !opened.isEmpty() || !problems.isEmpty();
    }

    /**
     * Whether requests get through that the definitions refuse, as far as that can be told.
     *
     * @return true also where something cannot be read, which may let anything through
     */
    public boolean widens() {
        return !opened.isEmpty() || !problems.isEmpty() || effects.stream().anyMatch(Effect::widens);
    }

    /**
     * The drift as people read it, without colours.
     *
     * @return objects with their diffs and hands, then what happens to requests, then the rest and counts
     */
    public String render() {
        return render(false);
    }

    /**
     * The drift as people read it.
     *
     * @param colours whether to colour it by the escapes of a terminal (ECMA-48)
     * @return objects with their diffs and hands, then what happens to requests, then the rest and counts
     */
    public String render(boolean colours) {
        return new DriftText(this, colours).render();
    }

    /** The drift as people read it, without colours. */
    @Override
    public String toString() {
        return render();
    }
}
