package dev.lintel.traffic.rollout;

import dev.lintel.core.Definition;
import dev.lintel.core.plan.Applied;
import dev.lintel.core.plan.Backend;
import dev.lintel.core.plan.Plan;
import java.util.Collection;
import java.util.Optional;

/** A process that ends at one point of its life: before or after it writes its record or changes the world. */
final class Fuse {
    private final int at;
    private int points;

    Fuse(int at) {
        this.at = at;
    }

    /** The end of the process, which no code of ours outlives. */
    static final class Crash extends Error {
        private static final long serialVersionUID = 1L;
    }

    int points() {
        return points;
    }

    private void burn() {
        points++;
        if (points == at) {
            throw new Crash();
        }
    }

    Backend in(Backend world) {
        return new Backend() {
            @Override
            public Plan plan(Collection<? extends Definition> definitions) {
                return world.plan(definitions);
            }

            @Override
            public Applied apply(Plan plan) {
                burn();
                Applied applied = world.apply(plan);
                burn();
                return applied;
            }
        };
    }

    RolloutStore in(RolloutStore store) {
        return (api, who) -> {
            RolloutStore.Held held = store.open(api, who);
            return new RolloutStore.Held() {
                @Override
                public Optional<RolloutRecord> read() {
                    return held.read();
                }

                @Override
                public void write(RolloutRecord record) {
                    burn();
                    held.write(record);
                    burn();
                }

                @Override
                public void close() {
                    held.close();
                }
            };
        };
    }
}
