package dev.lintel.auth.store;

import dev.lintel.auth.testing.TestClock;
import java.time.Duration;

class MemoryTokenStoreTest extends TokenStoreContract {
    private final TestClock clock = new TestClock();
    private final MemoryTokenStore store = new MemoryTokenStore(clock);

    @Override
    protected TokenStore store() {
        return store;
    }

    @Override
    protected TokenStore beside() {
        return store;
    }

    @Override
    protected void longAfter() {
        clock.forward(Duration.ofHours(2));
    }
}
