package dev.lintel.cli;

import dev.lintel.core.Origin;
import dev.lintel.core.Problem;
import dev.lintel.core.ProblemsException;
import dev.lintel.kubernetes.ClusterTarget;
import dev.lintel.kubernetes.Conflicts;
import dev.lintel.kubernetes.Waits;
import dev.lintel.kubernetes.preflight.Preflight;
import dev.lintel.mesh.target.DirectoryLayout;
import dev.lintel.mesh.target.DirectoryTarget;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where objects are: a directory or a cluster. */
final class TargetOptions {
    /** Six seconds altogether, for somebody who waits: a wrong address is seldom right a minute later. */
    private static final int TRIES = 6;

    private final Surroundings around;

    @Option(
            names = {"-d", "--directory"},
            paramLabel = "PATH",
            description = "A directory of files, as Argo CD and Flux read them.")
    private @Nullable String directory;

    @Option(
            names = "--layout",
            paramLabel = "LAYOUT",
            description = "file-per-api or file-per-object, in a directory (default: file-per-api).")
    private @Nullable Layout layout;

    @Option(names = "--kustomized", description = "The directory has a kustomization.yaml.")
    private boolean kustomized;

    @Option(names = "--with-lines", description = "Above each object in a directory stands the line that said it.")
    private boolean lines;

    @Option(names = "--cluster", description = "The cluster of the kubeconfig, or the one that this runs in.")
    private boolean cluster;

    @Option(
            names = "--kubeconfig",
            paramLabel = "PATH",
            description = "The kubeconfig (default: as kubectl, KUBECONFIG or ~/.kube/config).")
    private @Nullable String kubeconfig;

    @Option(names = "--context", paramLabel = "NAME", description = "The context of the kubeconfig (default: its own).")
    private @Nullable String context;

    @Option(
            names = "--inventory",
            paramLabel = "NAME",
            description = "What is ours in a cluster is what has this name; two programs that share one need two.")
    private @Nullable String inventory;

    @Option(
            names = "--on-conflict",
            paramLabel = "CHOICE",
            description = "What happens to fields that another manager owns: refuse, take-over, or yield, which leaves"
                    + " routes to others (default: refuse).")
    private @Nullable OnConflict conflicts;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            description = "Between the steps of an apply it is waited so long at the most; 0 is for no waiting"
                    + " (default: 120).")
    private @Nullable Integer wait;

    @Option(
            names = "--ask-istiod",
            paramLabel = "URL",
            description =
                    "An apply asks this istiod what proxies have acknowledged, as http://127.0.0.1:15014; may be said"
                            + " several times, and must be for all that serve proxies.")
    private @Nullable List<URI> istiods;

    @Option(
            names = "--journal-namespace",
            paramLabel = "NAME",
            description = "Where the journal and the lease are (default: lintel-system).")
    private @Nullable String journal;

    @Option(
            names = "--as",
            paramLabel = "WHO",
            description = "Who applies, as others are told; for example pipeline-4711.")
    private @Nullable String who;

    @Option(
            names = "--revision",
            paramLabel = "NAME",
            description = "The revision of the mesh that a preflight asks about (default: the unnamed one).")
    private @Nullable String revision;

    private @Nullable Preflight preflight;

    TargetOptions(Surroundings around) {
        this.around = around;
    }

    /** Which objects share a file. */
    enum Layout {
        FILE_PER_API,
        FILE_PER_OBJECT;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /** What happens to fields of others. */
    enum OnConflict {
        REFUSE,
        TAKE_OVER,
        YIELD;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    boolean isSaid() {
        return directory != null || cluster;
    }

    boolean isDirectory() {
        return directory != null;
    }

    /** For what only reads: nothing would be found in a directory that is not there, as in one that is spelled otherwise. */
    void requireThere() {
        if (directory != null && !Files.isDirectory(around.folder().resolve(directory))) {
            throw usage("there is no directory '" + directory + "'");
        }
    }

    /** The same with a look at the cluster before; for a directory there is none. */
    TargetOptions looking(Preflight choice) {
        preflight = revision == null ? choice : choice.revision(revision);
        return this;
    }

    /** For names that differ by inventory. */
    String inventorySuffix() {
        return inventory == null ? "" : "." + inventory;
    }

    /**
     * Opens what was said.
     *
     * @param screen where it is told how far an apply has come
     * @throws UsageException if not exactly one was said, or options of the other
     * @throws ProblemsException if there is no such kubeconfig or context
     */
    Opened open(Screen screen) {
        if (directory != null == cluster) {
            throw usage("say one of --directory and --cluster");
        }
        return directory == null ? cluster(screen) : Opened.directory(directory());
    }

    /** The directory that was said. */
    DirectoryTarget directory() {
        if (directory == null) {
            throw usage("say --directory");
        }
        without("--kubeconfig", kubeconfig);
        without("--context", context);
        without("--inventory", inventory);
        without("--on-conflict", conflicts);
        without("--wait", wait);
        without("--ask-istiod", istiods);
        without("--journal-namespace", journal);
        without("--as", who);
        without("--preflight", preflight);
        without("--revision", revision);
        DirectoryTarget target = DirectoryTarget.directory(around.folder().resolve(directory));
        target = kustomized ? target.kustomized() : target;
        target = lines ? target.withLines() : target;
        return layout == null ? target : target.layout(DirectoryLayout.valueOf(layout.name()));
    }

    private Opened cluster(Screen screen) {
        without("--layout", layout);
        without("--kustomized", kustomized ? "" : null);
        without("--with-lines", lines ? "" : null);
        KubernetesClient client =
                new KubernetesClientBuilder().withConfig(config()).build();
        try {
            ClusterTarget target = ClusterTarget.cluster(client).onProgress(screen::progress);
            target = inventory == null ? target : target.inventory(inventory);
            target = conflicts == null ? target : target.onConflict(Conflicts.valueOf(conflicts.name()));
            target = wait == null && istiods == null ? target : target.waiting(waits());
            target = journal == null ? target : target.journalIn(journal);
            target = who == null ? target : target.by(who);
            target = preflight == null ? target : target.preflight(preflight);
            if (revision != null && preflight == null) {
                throw new IllegalArgumentException("--revision is for a preflight: say --preflight");
            }
            return Opened.cluster(target, client);
        } catch (IllegalArgumentException e) {
            client.close();
            throw usage(String.valueOf(e.getMessage()));
        }
    }

    private Waits waits() {
        if (wait != null && wait == 0 && istiods != null) {
            throw new IllegalArgumentException("--ask-istiod needs time, and --wait 0 gives none");
        }
        Waits waits = wait == null ? Waits.usual() : wait == 0 ? Waits.none() : Waits.upTo(Duration.ofSeconds(wait));
        return istiods == null ? waits : waits.asking(istiods.toArray(URI[]::new));
    }

    private Config config() {
        if (kubeconfig != null) {
            require(Files.isRegularFile(around.folder().resolve(kubeconfig)), "is no file");
        }
        Config found = read();
        found.setRequestRetryBackoffLimit(TRIES);
        // Thousands of small requests cost an apiserver an eighth less so, and several of them share the load.
        found.setHttp2Disable(true);
        if (context != null) {
            require(
                    found.getContexts() != null
                            && found.getContexts().stream().anyMatch(each -> context.equals(each.getName())),
                    "has no context '" + context + "'");
        }
        return found;
    }

    private Config read() {
        try {
            return kubeconfig == null
                    ? Config.autoConfigure(context)
                    : Config.fromKubeconfig(
                            context, around.folder().resolve(kubeconfig).toFile());
        } catch (RuntimeException e) {
            // Whatever it is, its words may hold a part of the file, which has secrets in it.
            throw wrong("cannot be read as a kubeconfig");
        }
    }

    private void require(boolean holds, String otherwise) {
        if (!holds) {
            throw wrong(otherwise);
        }
    }

    private ProblemsException wrong(String message) {
        String name = kubeconfig == null ? "kubeconfig" : kubeconfig;
        return new ProblemsException(
                name,
                List.of(new Problem(
                        "cli.kubeconfig",
                        name,
                        message,
                        "name the file by --kubeconfig and one of its contexts by --context",
                        Origin.unknown())));
    }

    private void without(String option, @Nullable Object value) {
        if (value != null) {
            throw usage(option + " is nothing that " + (directory == null ? "a cluster" : "a directory") + " has");
        }
    }

    private UsageException usage(String message) {
        return new UsageException(message);
    }
}
