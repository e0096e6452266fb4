package dev.lintel.auth.store.file;

import dev.lintel.auth.store.SecretPlace;
import dev.lintel.auth.store.SecretSink;
import dev.lintel.auth.store.StoreException;
import dev.lintel.core.Secret;
import dev.lintel.core.SecretRef;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Secrets as files of their own, {@code <folder>/<namespace>/<name>/<key>}, as Kubernetes mounts them: in clear, without
 * a line break, for their owner alone (0600, folders 0700), each replaced as a whole. The notes are the file {@code .notes}
 * beside them.
 */
public final class FileSecretSink implements SecretSink {
    /** One lock for all: secrets come seldom. */
    private static final String LOCK = "0";

    private final Path folder;

    private FileSecretSink(Path folder) {
        this.folder = folder;
    }

    /**
     * Secrets below a folder.
     *
     * @param folder where; it is made when the first one comes. Not one that is published, such as a Git repository
     * @return the sink
     */
    public static FileSecretSink in(Path folder) {
        return new FileSecretSink(folder);
    }

    /**
     * Puts one value in its place, over the one that is there, without notes: for programs that hand a secret to another
     * one on this machine.
     *
     * @param ref its place
     * @param secret what is never logged
     * @throws StoreException if it could not be put there; what was there before still is
     */
    public void store(SecretRef ref, Secret secret) throws StoreException {
        within(
                new SecretPlace(ref.namespace(), ref.name()),
                "the secret " + ref,
                real -> value(real, ref.key(), secret));
    }

    @Override
    public void put(SecretPlace place, Map<String, Secret> values, Map<String, String> notes) throws StoreException {
        Optional<Map<String, String>> before = notes(place);
        within(place, "the secret " + place, real -> {
            if (before.isEmpty()) {
                // From here on the place is ours, also if this is cut off.
                write(real, NotesFile.NAME, NotesFile.text(Map.of()));
            }
            for (Map.Entry<String, Secret> each : values.entrySet()) {
                value(real, place.value(each.getKey()).key(), each.getValue());
            }
            for (Path file : files(real)) {
                if (!values.containsKey(String.valueOf(file.getFileName()))) {
                    PrivateFiles.delete(file);
                }
            }
            write(real, NotesFile.NAME, NotesFile.text(notes));
        });
    }

    @Override
    public void note(SecretPlace place, Map<String, String> notes) throws StoreException {
        if (notes(place).isEmpty()) {
            throw StoreException.unchanged("there is no secret " + place + " in " + folder);
        }
        within(place, "the notes of " + place, real -> write(real, NotesFile.NAME, NotesFile.text(notes)));
    }

    @Override
    public Optional<Map<String, String>> notes(SecretPlace place) throws StoreException {
        Path real = folder.resolve(place.namespace()).resolve(place.name());
        try {
            Optional<byte[]> text = PrivateFiles.read(real.resolve(NotesFile.NAME), NotesFile.MOST_BYTES);
            if (text.isEmpty() && Files.isDirectory(real) && !files(real).isEmpty()) {
                throw StoreException.unchanged("the secret " + place + " in " + folder
                        + " is there already and not ours: it has no notes; put ours elsewhere, or remove that one");
            }
            return text.map(NotesFile::read);
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure("the notes of " + place + " cannot be read in " + real, e));
        }
    }

    @Override
    public void remove(SecretPlace place) throws StoreException {
        if (notes(place).isEmpty()) {
            return;
        }
        within(place, "the secret " + place, real -> {
            for (Path file : files(real)) {
                PrivateFiles.delete(file);
            }
            PrivateFiles.delete(real.resolve(NotesFile.NAME));
            PrivateFiles.delete(real);
        });
    }

    /** The values, and no file that begins with a dot. */
    private static List<Path> files(Path real) throws IOException {
        try (Stream<Path> files = Files.list(real)) {
            return files.filter(file -> !String.valueOf(file.getFileName()).startsWith("."))
                    .filter(file -> !Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        }
    }

    private static void value(Path real, String key, Secret secret) throws IOException {
        write(real, key, secret.reveal());
    }

    private static void write(Path real, String name, String text) throws IOException {
        PrivateFiles.write(real.resolve(name), real.resolve(".new"), text.getBytes(StandardCharsets.UTF_8));
    }

    /** What is done in the folder of a place. */
    @FunctionalInterface
    private interface Work {
        void in(Path real) throws IOException;
    }

    private void within(SecretPlace ref, String what, Work work) throws StoreException {
        Path place = folder.resolve(ref.namespace()).resolve(ref.name());
        try {
            PrivateFiles.folder(place);
            Path root = folder.toRealPath();
            Path real = root.resolve(ref.namespace()).resolve(ref.name());
            if (!real.equals(place.toRealPath())) {
                throw StoreException.unchanged(what + " is not put into " + place + ", which is a link");
            }
            new FolderLocks(root).locked(LOCK, () -> {
                work.in(real);
                return real;
            });
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure(what + " cannot be put into " + place, e));
        }
    }

    @Override
    public String toString() {
        return "secrets in " + folder;
    }
}
