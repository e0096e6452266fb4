package dev.lintel.traffic.rollout.file;

import dev.lintel.traffic.rollout.RolloutException;
import dev.lintel.traffic.rollout.RolloutRecord;
import dev.lintel.traffic.rollout.RolloutStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Rollouts in a folder of one machine: one file for each API, {@code orders.shop.json}, replaced as a whole after it has
 * reached the disk. Any number of processes may use the folder, one of them for each API: beside each file lies one that is
 * locked as long as the rollout runs, and names who runs it. A lock ends with its process, however that ends.
 *
 * <p>The folder must be on a file system whose locks hold between processes, which is not sure of network file systems.
 */
public final class FileRolloutStore implements RolloutStore {
    private static final Pattern API = Pattern.compile("[a-z0-9-]{1,63}\\.[a-z0-9-]{1,63}");
    private static final int MOST_BYTES = 64 * 1024;

    private final Path folder;

    private FileRolloutStore(Path folder) {
        this.folder = folder;
    }

    /**
     * Rollouts in a folder.
     *
     * @param folder where; it is made when the first rollout starts
     * @return the store
     */
    public static FileRolloutStore in(Path folder) {
        return new FileRolloutStore(folder);
    }

    @Override
    public Held open(String api, String who) {
        if (!API.matcher(api).matches()) {
            throw new RolloutException("an API is 'name.namespace', for example 'orders.shop', but was '" + api + "'");
        }
        try {
            Files.createDirectories(folder);
            Path real = folder.toRealPath();
            LockFile lock = LockFile.take(real.resolve(api + ".lock"), who)
                    .orElseThrow(() -> RolloutException.held(api, LockFile.holder(real.resolve(api + ".lock"))));
            return new Open(api, real.resolve(api + ".json"), lock);
        } catch (IOException e) {
            throw new RolloutException("the rollout of '" + api + "' cannot be recorded in " + folder + reason(e), e);
        }
    }

    @Override
    public String toString() {
        return "rollouts in " + folder;
    }

    private static String reason(IOException e) {
        return " (" + e.getClass().getSimpleName() + ": " + e.getMessage() + ")";
    }

    private record Open(String api, Path file, LockFile lock) implements Held {
        @Override
        public Optional<RolloutRecord> read() {
            byte[] bytes;
            try {
                Optional<byte[]> found = WholeFiles.read(file, MOST_BYTES);
                if (found.isEmpty()) {
                    return Optional.empty();
                }
                bytes = found.get();
            } catch (IOException e) {
                throw new RolloutException(
                        "the record of the rollout of '" + api + "' cannot be read from " + file + reason(e), e);
            }
            try {
                return Optional.of(RecordCodec.read(api, bytes));
            } catch (IllegalArgumentException e) {
                throw new RolloutException(
                        file + " is not the record of a rollout of '" + api + "': " + e.getMessage()
                                + "; look at the weights that are in force, then delete it to begin anew",
                        e);
            }
        }

        @Override
        public void write(RolloutRecord record) {
            try {
                WholeFiles.write(file, RecordCodec.write(record));
            } catch (IOException e) {
                throw new RolloutException(
                        "the record of the rollout of '" + api + "' cannot be written to " + file + reason(e), e);
            }
        }

        @Override
        public void close() {
            try {
                lock.close();
            } catch (IOException e) {
                throw new RolloutException("the lock beside " + file + " cannot be given up" + reason(e), e);
            }
        }
    }
}
