package dev.lintel.auth.store.file;

import dev.lintel.auth.register.RegistrationBook;
import dev.lintel.auth.register.RegistrationCodec;
import dev.lintel.auth.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What is remembered of dynamically registered clients, as one file for each, {@code <folder>/<id>.json}: in clear, for
 * their owner alone (0600, folder 0700), replaced as a whole.
 */
public final class FileRegistrationBook implements RegistrationBook {
    private static final String END = ".json";
    private static final int MOST_BYTES = 256 * 1024;
    private static final Pattern ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,127}");

    private final Path folder;

    private FileRegistrationBook(Path folder) {
        this.folder = folder;
    }

    /**
     * A book in a folder, for one server.
     *
     * @param folder where; it is made when the first client comes. Not one that is published, such as a Git repository
     * @return the book
     */
    public static FileRegistrationBook in(Path folder) {
        return new FileRegistrationBook(folder);
    }

    @Override
    public Map<String, Entry> entries() throws StoreException {
        Map<String, Entry> entries = new TreeMap<>();
        if (!Files.isDirectory(folder)) {
            return entries;
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (String name :
                    files.map(file -> String.valueOf(file.getFileName())).toList()) {
                String id = name.endsWith(END) ? name.substring(0, name.length() - END.length()) : "";
                if (ID.matcher(id).matches()) {
                    entry(id).ifPresent(entry -> entries.put(id, entry));
                }
            }
            return entries;
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure("the registrations in " + folder + " cannot be listed", e));
        }
    }

    @Override
    public Optional<Entry> entry(String id) throws StoreException {
        Path file = file(id);
        try {
            Optional<byte[]> json = PrivateFiles.read(file, MOST_BYTES);
            if (json.isEmpty()) {
                return Optional.empty();
            }
            // To take a broken file for none would register the client a second time.
            return Optional.of(RegistrationCodec.read(json.get())
                    .orElseThrow(() -> new StoreException("the registration in " + file + " is not one that was written"
                            + " here; restore the file, or delete it together with the client at the server")));
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure("the registration in " + file + " cannot be read", e));
        }
    }

    @Override
    public void keep(String id, Entry entry) throws StoreException {
        Path file = file(id);
        try {
            PrivateFiles.folder(folder);
            if (PrivateFiles.open(folder)) {
                throw new StoreException("the registration of '" + id + "' is not put into " + folder
                        + ", where anybody on" + " this machine may write; take that right away");
            }
            new FolderLocks(folder.toRealPath()).locked("0", () -> {
                PrivateFiles.write(file, folder.resolve(".new"), RegistrationCodec.write(entry));
                return id;
            });
        } catch (IOException e) {
            throw new StoreException(FileTokenStore.failure("the registration cannot be put into " + file, e));
        }
    }

    @Override
    public void forget(String id) throws StoreException {
        try {
            PrivateFiles.delete(file(id));
        } catch (IOException e) {
            throw new StoreException(
                    FileTokenStore.failure("the registration in " + file(id) + " cannot be deleted", e));
        }
    }

    private Path file(String id) {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "a client's id must have the form that ClientSpec asks for, but was '" + id + "'");
        }
        return folder.resolve(id + END);
    }

    @Override
    public String toString() {
        return "registrations in " + folder;
    }
}
