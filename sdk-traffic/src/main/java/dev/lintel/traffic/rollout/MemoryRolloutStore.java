package dev.lintel.traffic.rollout;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Records that last as long as the store. */
final class MemoryRolloutStore implements RolloutStore {
    private final Map<String, String> holders = new ConcurrentHashMap<>();
    private final Map<String, RolloutRecord> records = new ConcurrentHashMap<>();

    @Override
    public Held open(String api, String who) {
        String other = holders.putIfAbsent(api, who);
        if (other != null) {
            throw RolloutException.held(api, other);
        }
        return new Held() {
            @Override
            public Optional<RolloutRecord> read() {
                return Optional.ofNullable(records.get(api));
            }

            @Override
            public void write(RolloutRecord record) {
                records.put(api, record);
            }

            @Override
            public void close() {
                holders.remove(api, who);
            }
        };
    }

    @Override
    public String toString() {
        return "rollouts in memory";
    }
}
