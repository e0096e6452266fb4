package stranger.quota;

import dev.lintel.core.Policy;
import dev.lintel.core.match.Endpoint;
import java.time.Duration;
import java.util.List;

/** A policy of a stranger's; its package is exported, not opened. */
public record Quota(int calls, Duration window, List<Exempt> exempt) implements Policy {
    public static final String KIND = "stranger.quota/v1";

    public Quota {
        exempt = List.copyOf(exempt);
    }

    public record Exempt(Endpoint endpoint, Reason reason) {}

    public enum Reason {
        HEALTH_CHECK
    }

    @Override
    public String kind() {
        return KIND;
    }
}
